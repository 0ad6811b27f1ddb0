package com.conitrack.backup.core.production;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a restore is expected to take.
 *
 * @param expected the time with safety backup and comparison, null if nothing is known
 * @param basis what that is concluded from
 * @param rto how long the policy lets a restore take
 */
public record RestoreEstimate(@Nullable Duration expected, String basis, Duration rto) {

  /** Whether it is expected to be done in time; false also if nothing is known. */
  public boolean withinRto() {
    return expected != null && expected.compareTo(rto) <= 0;
  }
}
