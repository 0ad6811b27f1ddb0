package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions in a database that is not the one being worked on: a database cannot be renamed or
 * dropped from within.
 */
final class Maintenance {
  /** Every cluster has them from the start; either may have been dropped or closed to users. */
  private static final List<String> USUAL = List.of("postgres", "template1");

  private final PostgresConnection target;
  private final List<String> candidates;

  /**
   * @param configured the only database to connect to; null for the usual ones
   */
  Maintenance(PostgresConnection target, @Nullable String configured) {
    this.target = target;
    this.candidates = configured == null ? USUAL : List.of(configured);
  }

  PostgresConnection target() {
    return target;
  }

  /** A session whose statements are executed as they are, each in a transaction of its own. */
  Session open(String what, Set<String> not) {
    return open(what, not, jdbc -> jdbc.openNamed(Jdbc.APPLICATION, what));
  }

  /** A session for reading the catalogue. */
  Session read(String what) {
    return open(what, Set.of(), jdbc -> jdbc.open(what));
  }

  private Session open(String what, Set<String> not, Function<Jdbc, Session> opening) {
    DatabaseException last = null;
    for (String candidate : candidates) {
      if (not.contains(candidate)) {
        continue;
      }
      try {
        return opening.apply(new Jdbc(target.withDatabase(candidate)));
      } catch (DatabaseException e) {
        if (e.kind() != ErrorKind.NOT_FOUND && e.kind() != ErrorKind.PERMISSION) {
          throw e;
        }
        last = e;
      }
    }
    throw last != null ? last : none(what);
  }

  private DatabaseException none(String what) {
    return new DatabaseException(
        ErrorKind.CONFIGURATION,
        what,
        "there is no other database to do it from: " + String.join(", ", candidates),
        "name one that is there and is not the one worked on (maintenance database)");
  }
}
