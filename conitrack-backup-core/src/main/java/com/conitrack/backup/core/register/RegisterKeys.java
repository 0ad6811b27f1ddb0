package com.conitrack.backup.core.register;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keys of register entries: ten digits, so that the order of a listing is theirs. */
final class RegisterKeys {
  static final String PREFIX = "register/";
  static final long LAST = 9_999_999_999L;

  private static final Pattern KEY = Pattern.compile("register/([0-9]{10})\\.json");

  private RegisterKeys() {}

  static String of(long sequence) {
    return String.format(Locale.ROOT, "%s%010d.json", PREFIX, sequence);
  }

  /** The number in {@code key}; empty if it is no entry's. */
  static OptionalLong sequence(String key) {
    Matcher matcher = KEY.matcher(key);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long sequence = Long.parseLong(matcher.group(1));
    return sequence == 0 ? OptionalLong.empty() : OptionalLong.of(sequence);
  }
}
