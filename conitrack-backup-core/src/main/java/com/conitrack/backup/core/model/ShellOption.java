package com.conitrack.backup.core.model;

import java.util.regex.Pattern;

/** Options with values that a person pastes into a shell. */
public final class ShellOption {
  private static final Pattern PLAIN = Pattern.compile("[\\w.-]+");
  private static final Pattern LITERAL_IN_QUOTES = Pattern.compile("[^\\\\\"$`!%]+");

  private ShellOption() {}

  /**
   * The option with its value as one word: as it is or in double quotes where that is so for all
   * shells, otherwise as the shells of Unix take it literally, at a prompt as well. A value that
   * looks like an option is joined to its own.
   *
   * @param option such as {@code --target}
   */
  public static String of(String option, String value) {
    return option + (value.startsWith("-") ? "=" : " ") + word(value);
  }

  private static String word(String value) {
    if (PLAIN.matcher(value).matches()) {
      return value;
    }
    return LITERAL_IN_QUOTES.matcher(value).matches()
        ? '"' + value + '"'
        : "'" + value.replace("'", "'\\''") + "'";
  }
}
