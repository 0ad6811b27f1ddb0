package com.conitrack.backup.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one copy while the backup was taken.
 *
 * @param storage the storage's name
 * @param level what was proved of the copy by reading it back, NONE if it failed
 * @param verifiedAt when, null if it was not proved
 * @param problem why there is no proved copy, null if there is one
 * @param retainUntil until when the storage was told to refuse its deletion, null if it was not
 */
public record CopyRecord(
    String storage,
    VerificationLevel level,
    @Nullable Instant verifiedAt,
    @Nullable String problem,
    @Nullable Instant retainUntil) {

  /** A copy whose storage was told nothing about its deletion. */
  public CopyRecord(
      String storage,
      VerificationLevel level,
      @Nullable Instant verifiedAt,
      @Nullable String problem) {
    this(storage, level, verifiedAt, problem, null);
  }
}
