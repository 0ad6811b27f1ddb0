package com.conitrack.backup.cli.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong in a configuration file. Holds no value of a variable, as that may be a
 * secret.
 *
 * @param at where
 * @param path the key at fault from the top, such as {@code policy.rpo}; empty for the file itself
 * @param message what is wrong
 * @param remedy what to change, null if the message says it
 */
public record ConfigProblem(Position at, String path, String message, @Nullable String remedy) {

  /** The problem as compilers print theirs: {@code file:line:column: path: message; remedy}. */
  String in(String file) {
    return file
        + ":"
        + at.line()
        + ":"
        + at.column()
        + ": "
        + (path.isEmpty() ? "" : path + ": ")
        + message
        + (remedy == null ? "" : "; " + remedy);
  }
}
