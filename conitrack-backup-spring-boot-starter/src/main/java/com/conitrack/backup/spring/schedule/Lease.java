package com.conitrack.backup.spring.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Until when a lock is ours, by two clocks: that of the wall goes on while the machine is
 * suspended, that of the process does not go back.
 */
record Lease(Instant until, long untilNanos) {
  static Lease from(Clock clock, Duration length) {
    return new Lease(clock.instant().plus(length), System.nanoTime() + length.toNanos());
  }

  boolean lasts(Clock clock) {
    return clock.instant().isBefore(until) && System.nanoTime() - untilNanos < 0;
  }
}
