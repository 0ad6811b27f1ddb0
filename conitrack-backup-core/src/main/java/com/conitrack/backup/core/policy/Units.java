package com.conitrack.backup.core.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations, sizes and fractions as people write them. */
public final class Units {
  private static final Pattern WORDY =
      Pattern.compile(
          "(?:(\\d{1,9})w)?(?:(\\d{1,9})d)?(?:(\\d{1,9})h)?(?:(\\d{1,9})m)?(?:(\\d{1,9})s)?");
  private static final Pattern SIZE = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
  private static final Map<String, Integer> SHIFT =
      Map.of("", 0, "b", 0, "kib", 10, "mib", 20, "gib", 30, "tib", 40);

  private Units() {}

  /** {@code 7d}, {@code 4h30m}, {@code 90s}, or ISO 8601 such as {@code PT4H}. */
  public static Optional<Duration> duration(String text) {
    if (text.startsWith("P")) {
      return iso(text);
    }
    Matcher parts = WORDY.matcher(text.replace(" ", ""));
    if (text.isBlank() || !parts.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        Duration.ofDays(7 * amount(parts, 1) + amount(parts, 2))
            .plusHours(amount(parts, 3))
            .plusMinutes(amount(parts, 4))
            .plusSeconds(amount(parts, 5)));
  }

  private static Optional<Duration> iso(String text) {
    try {
      return Optional.of(Duration.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static long amount(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** A number of bytes: {@code 4096}, {@code 10KiB}, {@code 2 MiB}. */
  public static Optional<Long> bytes(String text) {
    Matcher parts = SIZE.matcher(text.strip());
    if (!parts.matches()) {
      return Optional.empty();
    }
    Integer shift = SHIFT.get(parts.group(2).toLowerCase(Locale.ROOT));
    if (shift == null) {
      return Optional.empty();
    }
    BigInteger bytes = new BigInteger(parts.group(1)).shiftLeft(shift);
    return bytes.bitLength() < Long.SIZE ? Optional.of(bytes.longValue()) : Optional.empty();
  }

  /** A part of a whole: {@code 0.2} or {@code 20%}. */
  public static Optional<Double> fraction(String text) {
    String number = text.strip();
    boolean percent = number.endsWith("%");
    try {
      BigDecimal value =
          new BigDecimal(percent ? number.substring(0, number.length() - 1).strip() : number);
      return Optional.of((percent ? value.movePointLeft(2) : value).doubleValue());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
