package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.DumpScope;
import java.time.Duration;

/**
 * What to dump.
 *
 * @param scope the part of the database
 * @param timeout how long the whole dump may take; positive
 */
public record DumpRequest(DumpScope scope, Duration timeout) {
  /** The whole database, with a day's time. */
  public static final DumpRequest WHOLE = new DumpRequest(DumpScope.ALL, Duration.ofDays(1));

  public DumpRequest {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("a timeout must be positive: " + timeout);
    }
  }
}
