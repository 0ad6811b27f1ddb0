package com.conitrack.backup.core.schedule;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How a scheduler waits; tests let time pass instead. */
@FunctionalInterface
public interface Waiting {
  /**
   * Waits; returning earlier does no harm.
   *
   * @param atMost how long, more than zero
   * @throws InterruptedException if the thread was interrupted, which ends the scheduler
   */
  void pause(Duration atMost) throws InterruptedException;

  /** Sleeps. */
  static Waiting sleeping() {
    return atMost -> TimeUnit.NANOSECONDS.sleep(atMost.toNanos());
  }
}
