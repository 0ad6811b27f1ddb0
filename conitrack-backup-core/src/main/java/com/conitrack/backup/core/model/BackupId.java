package com.conitrack.backup.core.model;

import java.util.regex.Pattern;

/**
 * The name a backup goes by: the key of its dump without the extensions, such as {@code
 * backup_2026-01-06_03-00-00}. Unique within a catalogue; no order is ever read from it.
 *
 * @param value letters, digits and {@code . _ - /}; no empty, {@code .} or {@code ..} segment
 */
public record BackupId(String value) implements Comparable<BackupId> {
  private static final Pattern SEGMENTS =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");

  public BackupId {
    if (value.length() > 400 || !SEGMENTS.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "not a backup id: '" + value + "'; letters, digits and . _ - / are allowed");
    }
  }

  @Override
  public int compareTo(BackupId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
