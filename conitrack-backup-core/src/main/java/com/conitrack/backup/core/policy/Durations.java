package com.conitrack.backup.core.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Durations in words. */
final class Durations {
  private Durations() {}

  /** Whole days, hours, minutes and seconds, without those that are zero: {@code 7 days 1 hour}. */
  static String tell(Duration duration) {
    List<String> parts = new ArrayList<>();
    add(parts, duration.toDaysPart(), "day");
    add(parts, duration.toHoursPart(), "hour");
    add(parts, duration.toMinutesPart(), "minute");
    add(parts, duration.toSecondsPart(), "second");
    return parts.isEmpty() ? duration.toString() : String.join(" ", parts);
  }

  private static void add(List<String> parts, long amount, String unit) {
    if (amount != 0) {
      parts.add(amount + " " + unit + (amount == 1 ? "" : "s"));
    }
  }
}
