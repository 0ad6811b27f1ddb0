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
 */
public record CopyState(
    String storage,
    boolean present,
    VerificationLevel level,
    @Nullable Instant verifiedAt,
    @Nullable String problem) {

  /** Whether the copy is there and at least its stored bytes have been proved. */
  public boolean proved() {
    return present && level.atLeast(VerificationLevel.STORED);
  }
}
