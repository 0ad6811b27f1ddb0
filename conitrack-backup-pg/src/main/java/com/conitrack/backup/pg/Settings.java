package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Which parameters a server has. */
final class Settings {
  private Settings() {}

  /** Those of {@code names} that it does not know; names with a dot are anybody's own. */
  static Set<String> unknown(Session session, Collection<String> names) {
    Set<String> unknown = new TreeSet<>();
    for (String name : names) {
      if (name.indexOf('.') < 0 && !isKnown(session, name)) {
        unknown.add(name);
      }
    }
    return unknown;
  }

  /** A value that only superusers may read is one nonetheless. */
  private static boolean isKnown(Session session, String name) {
    try {
      return session
          .first(
              "SELECT pg_catalog.current_setting(?, true) IS NOT NULL", r -> r.getBoolean(1), name)
          .orElse(false);
    } catch (DatabaseException e) {
      if (e.kind() == ErrorKind.PERMISSION) {
        return true;
      }
      throw e;
    }
  }
}
