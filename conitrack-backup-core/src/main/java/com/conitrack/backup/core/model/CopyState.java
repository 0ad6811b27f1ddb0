package com.conitrack.backup.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One copy as the catalogue sees it now.
 *
 * @param storage the storage's name
 * @param present whether the dump and its manifest are listed there, at the recorded size
 * @param level the strongest level proved and not disproved since; NONE if not present
 * @param verifiedAt when it was last proved, null if never
 * @param problem what is wrong with it, null if nothing is known to be
 * @param lockedUntil until when the storage was told to refuse its deletion, null if it was not;
 *     what a lock on the whole bucket adds to that is not known here
 * @param removal when retention deleted it, null if it did not: then a copy that is not present is
 *     missing
 */
public record CopyState(
    String storage,
    boolean present,
    VerificationLevel level,
    @Nullable Instant verifiedAt,
    @Nullable String problem,
    @Nullable Instant lockedUntil,
    @Nullable Removal removal) {

  /** A copy that is not locked and was not removed. */
  public CopyState(
      String storage,
      boolean present,
      VerificationLevel level,
      @Nullable Instant verifiedAt,
      @Nullable String problem) {
    this(storage, present, level, verifiedAt, problem, null, null);
  }

  /** Whether the copy is there and at least its stored bytes have been proved. */
  public boolean proved() {
    return present && level.atLeast(VerificationLevel.STORED);
  }

  /** Whether retention deleted it, so that nothing is missing there. */
  public boolean removed() {
    return removal != null;
  }

  /**
   * The deletion of a copy whose backup lives on in other storages.
   *
   * @param at when
   * @param level how far the copy had been proved until then
   */
  public record Removal(Instant at, VerificationLevel level) {}
}
