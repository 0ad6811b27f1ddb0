package com.conitrack.backup.spring.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times, durations and sizes as the page tells them. */
final class Told {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Told() {}

  static String minute(Instant instant) {
    return MINUTE.format(instant);
  }

  /** The two greatest units: {@code 3 d 4 h}, {@code 5 min 10 s}. */
  static String duration(Duration duration) {
    Duration whole = duration.abs();
    if (whole.toDays() > 0) {
      return whole.toDays() + " d " + whole.toHoursPart() + " h";
    }
    if (whole.toHours() > 0) {
      return whole.toHours() + " h " + whole.toMinutesPart() + " min";
    }
    return whole.toMinutes() > 0
        ? whole.toMinutes() + " min " + whole.toSecondsPart() + " s"
        : whole.toSeconds() + " s";
  }

  static String bytes(long bytes) {
    int unit = 0;
    double amount = bytes;
    while (amount >= 1023.95 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    return unit == 0
        ? bytes + " " + UNITS[0]
        : String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }

  /** {@code PRE_CHANGE} as people read it: {@code pre-change}. */
  static String word(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
