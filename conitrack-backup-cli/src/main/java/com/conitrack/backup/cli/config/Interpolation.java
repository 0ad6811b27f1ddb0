package com.conitrack.backup.cli.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts environment variables into values: {@code ${NAME}}, {@code ${NAME:-default}} for one that is
 * not set or empty; {@code $$} is a dollar sign.
 */
final class Interpolation {
  private static final Pattern REFERENCE = Pattern.compile("\\$(?:\\$|\\{([^}]*)(}?))");
  private static final Pattern FORM = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?");

  private final Map<String, String> variables;

  Interpolation(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /**
   * @throws BadReferenceException if a variable is not set or a reference is malformed
   */
  String apply(String text) throws BadReferenceException {
    Matcher reference = REFERENCE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (reference.find()) {
      String inside = reference.group(1);
      String value = inside == null ? "$" : resolve(inside, !reference.group(2).isEmpty());
      reference.appendReplacement(result, Matcher.quoteReplacement(value));
    }
    return reference.appendTail(result).toString();
  }

  private String resolve(String inside, boolean closed) throws BadReferenceException {
    Matcher form = FORM.matcher(inside);
    if (!closed || !form.matches()) {
      throw new BadReferenceException(
          "'${" + inside + (closed ? "}" : "") + "' is not a reference to a variable",
          "write ${NAME} or ${NAME:-default}, and $$ for a dollar sign");
    }
    String value = variables.get(form.group(1));
    String otherwise = form.group(2);
    if (otherwise != null) {
      return value == null || value.isEmpty() ? otherwise : value;
    }
    if (value == null) {
      throw new BadReferenceException(
          "the environment variable '" + form.group(1) + "' is not set",
          "set it, or give a default: ${" + form.group(1) + ":-…}");
    }
    return value;
  }

  /** A reference that stands for nothing. */
  static final class BadReferenceException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    BadReferenceException(String message, String remedy) {
      super(message);
      this.remedy = remedy;
    }

    String message() {
      return String.valueOf(getMessage());
    }

    String remedy() {
      return remedy;
    }
  }
}
