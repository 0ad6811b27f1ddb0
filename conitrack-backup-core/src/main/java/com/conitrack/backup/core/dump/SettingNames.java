package com.conitrack.backup.core.dump;

import org.jspecify.annotations.Nullable;

/** Names of parameters in {@code SET name = value}. */
final class SettingNames {
  private SettingNames() {}

  /** The parameter that the statement sets, in lower case; null if it sets none by that form. */
  static @Nullable String of(Statement s) {
    boolean sets =
        s.starts("set")
            && s.has(3)
            && s.token(1).isName()
            && (s.symbolAt(2, '=') || s.wordAt(2, "to"));
    return sets ? Names.fold(s.token(1), null) : null;
  }
}
