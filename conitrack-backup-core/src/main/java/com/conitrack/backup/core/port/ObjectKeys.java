package com.conitrack.backup.core.port;

import java.util.regex.Pattern;

/** The form every storage key has. */
public final class ObjectKeys {
  private static final Pattern KEY =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  private ObjectKeys() {}

  /**
   * Returns {@code key} if it is one: segments of letters, digits and {@code . _ -} that do not
   * start with a dot, joined by {@code /}, at most 500 characters. So no key can climb out of a
   * directory, hide, or mean different objects on different storages.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static String require(String key) {
    if (key.length() > 500 || !KEY.matcher(key).matches()) {
      throw new IllegalArgumentException("not a storage key: '" + key + "'");
    }
    return key;
  }
}
