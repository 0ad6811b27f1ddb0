package com.conitrack.backup.spring.properties;

import com.conitrack.backup.core.policy.Units;
import java.time.Duration;

/**
 * A duration as the configuration file writes it: {@code 7d}, {@code 4h30m}, {@code PT4H}.
 *
 * @param value how long
 */
public record TimeSpan(Duration value) {
  static final TimeSpan ZERO = new TimeSpan(Duration.ZERO);

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static TimeSpan of(String text) {
    return Units.duration(text)
        .map(TimeSpan::new)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + text + "' is no duration; write it like 30s, 4h, 7d or 1d12h"));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
