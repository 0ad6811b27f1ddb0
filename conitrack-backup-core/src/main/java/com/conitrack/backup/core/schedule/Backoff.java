package com.conitrack.backup.core.schedule;

import java.time.Duration;

/**
 * How long to wait after a failure: twice as long after each further one.
 *
 * @param first after the first
 * @param longest what no pause exceeds
 */
record Backoff(Duration first, Duration longest) {
  static final Backoff USUAL = new Backoff(Duration.ofMinutes(1), Duration.ofHours(1));

  private static final int MOST_DOUBLINGS = 20;

  Backoff {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("no pauses are " + first + " to " + longest);
    }
  }

  /**
   * @param failures how many there were, at least 1
   */
  Duration after(int failures) {
    Duration pause = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return pause.compareTo(longest) > 0 ? longest : pause;
  }
}
