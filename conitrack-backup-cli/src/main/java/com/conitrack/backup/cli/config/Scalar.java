package com.conitrack.backup.cli.config;

/**
 * A single value.
 *
 * @param raw as it is written in the file
 * @param value with variables put in
 * @param at where it is
 */
record Scalar(String raw, String value, Position at) {
  /** The value for messages: as written, for what a variable holds may be a secret. */
  String quoted() {
    return "'" + raw + "'";
  }

  /** Nothing of the value. */
  @Override
  public String toString() {
    return raw;
  }
}
