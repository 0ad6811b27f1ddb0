package com.conitrack.backup.core.policy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Durations in words. */
public final class Durations {
  private Durations() {}

  /** Whole days, hours, minutes and seconds, without those that are zero: {@code 7 days 1 hour}. */
  public static String tell(Duration duration) {
    List<String> parts = new ArrayList<>();
    add(parts, duration.toDaysPart(), "day");
    add(parts, duration.toHoursPart(), "hour");
    add(parts, duration.toMinutesPart(), "minute");
    add(parts, duration.toSecondsPart(), "second");
    return parts.isEmpty() ? duration.toString() : String.join(" ", parts);
  }

  /**
   * The two greatest units: {@code 3 days 4 hours}, {@code 5 minutes 10 seconds}. Less than a
   * second is none; what is negative is told without its sign.
   */
  public static String about(Duration duration) {
    Duration whole = duration.abs();
    if (whole.toDays() > 0) {
      return tell(whole.truncatedTo(ChronoUnit.HOURS));
    }
    if (whole.toHours() > 0) {
      return tell(whole.truncatedTo(ChronoUnit.MINUTES));
    }
    return whole.toSeconds() == 0 ? "0 seconds" : tell(whole.truncatedTo(ChronoUnit.SECONDS));
  }

  private static void add(List<String> parts, long amount, String unit) {
    if (amount != 0) {
      parts.add(amount + " " + unit + (amount == 1 ? "" : "s"));
    }
  }
}
