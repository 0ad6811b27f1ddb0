package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import java.util.regex.Pattern;

/** The form every storage key has. */
public final class ObjectKeys {
  private static final Pattern KEY =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}(/[A-Za-z0-9_-][A-Za-z0-9._-]{0,199})*");

  private static final int MOST_CHARACTERS = 500;

  private ObjectKeys() {}

  /**
   * Returns {@code key} if it is one: segments of letters, digits and {@code . _ -} that do not
   * start with a dot, each at most 200 characters, joined by {@code /}, at most 500 characters in
   * all. So no key can climb out of a directory, hide, be too long for a file's name, or mean
   * different objects on different storages.
   *
   * @throws IllegalArgumentException if it is not
   */
  public static String require(String key) {
    if (!isKey(key)) {
      throw new IllegalArgumentException("not a storage key: '" + key + "'");
    }
    return key;
  }

  /**
   * Returns {@code offset} if an object can be opened there.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public static long requireOffset(long offset) {
    if (offset < 0) {
      throw new IllegalArgumentException("an offset is at least 0, not " + offset);
    }
    return offset;
  }

  /** The failure of {@link BackupStorage#open(String, long)} for an object that ends before. */
  public static StorageException tooShort(String what, long bytes, long offset) {
    return new StorageException(
        ErrorKind.DAMAGED,
        what,
        "it has " + bytes + " bytes and was to be read from byte " + offset + " on",
        "verify the backup: the object was cut or replaced");
  }

  /** Whether {@link #require} accepts {@code text}; a listing leaves out what it does not. */
  public static boolean isKey(String text) {
    return text.length() <= MOST_CHARACTERS && KEY.matcher(text).matches();
  }
}
