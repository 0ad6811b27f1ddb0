package com.conitrack.backup.core.setup;

import java.time.Duration;

/**
 * How often, and after what pauses, a reading that broke off is taken up again. The pause doubles
 * with each attempt; both start anew with every byte that comes through.
 *
 * @param attempts how many attempts without a single further byte are made; 0 for none
 * @param firstPause the pause before the first of them
 * @param longestPause what no pause exceeds
 * @param pause how to wait
 */
public record ReadPatience(int attempts, Duration firstPause, Duration longestPause, Pause pause) {
  public ReadPatience {
    if (attempts < 0 || firstPause.isNegative() || longestPause.isNegative()) {
      throw new IllegalArgumentException("neither attempts nor pauses can be negative");
    }
  }

  /** Six attempts, after a quarter of a second at first and eight seconds at last: 16 in all. */
  public static ReadPatience usual() {
    return new ReadPatience(
        6,
        Duration.ofMillis(250),
        Duration.ofSeconds(8),
        duration -> Thread.sleep(duration.toMillis()));
  }

  /** The pause before that attempt, counted from 1. */
  Duration pauseBefore(int attempt) {
    Duration doubled = firstPause.multipliedBy(1L << Math.min(attempt - 1, 20));
    return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
  }

  /** Waits. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after that time, or when the thread is interrupted. */
    void pause(Duration duration) throws InterruptedException;
  }
}
