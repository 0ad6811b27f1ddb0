package com.conitrack.backup.core.adopt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wish to make a backup of somebody else's dump.
 *
 * @param source the dump
 * @param takenAt when it was taken, by which it is ordered among the others; null to take the time
 *     at which the source was changed last
 * @param reason why, for the manifest and the register; null if nothing is said
 */
public record AdoptionRequest(
    AdoptionSource source, @Nullable Instant takenAt, @Nullable String reason) {

  /** Without further words. */
  public static AdoptionRequest of(AdoptionSource source) {
    return new AdoptionRequest(source, null, null);
  }

  /** The same, of a dump taken then. */
  public AdoptionRequest takenAt(Instant instant) {
    return new AdoptionRequest(source, instant, reason);
  }

  /** The same, with words. */
  public AdoptionRequest because(String words) {
    return new AdoptionRequest(source, takenAt, words);
  }
}
