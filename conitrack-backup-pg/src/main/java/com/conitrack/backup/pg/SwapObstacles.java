package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.ArrayList;
import java.util.List;

/** What is bound to a database itself, not to its name, and would stay with the old one. */
final class SwapObstacles {
  private static final String PREPARED =
      "SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = ? ORDER BY 1";

  /** Whoever prepares a transaction means to end it at once; one that is old was left behind. */
  private static final String LEFT_PREPARED =
      "SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = ?"
          + " AND prepared < pg_catalog.clock_timestamp() - interval '5 minutes' ORDER BY 1";

  private static final String SLOTS =
      "SELECT slot_name FROM pg_catalog.pg_replication_slots WHERE database = ? AND NOT temporary"
          + " ORDER BY 1";
  private static final String SUBSCRIPTIONS =
      "SELECT s.subname FROM pg_catalog.pg_subscription s"
          + " JOIN pg_catalog.pg_database d ON d.oid = s.subdbid"
          + " WHERE d.datname = ? AND s.subenabled ORDER BY 1";

  /**
   * @param what it is
   * @param fix the statement that ends it
   */
  private record Obstacle(String what, String fix) {}

  private SwapObstacles() {}

  /** Those that will still be there when the database is swapped, one sentence each. */
  static List<String> lasting(Session session, String database) {
    return find(session, database, LEFT_PREPARED).stream()
        .map(each -> "'" + database + "' has " + each.what() + ": " + each.fix())
        .toList();
  }

  static void requireNone(Session session, String database, String what) {
    List<Obstacle> found = find(session, database, PREPARED);
    if (!found.isEmpty()) {
      throw new DatabaseException(
          ErrorKind.RULE,
          what,
          "'"
              + database
              + "' has "
              + String.join(", ", found.stream().map(Obstacle::what).toList()),
          String.join("; ", found.stream().map(Obstacle::fix).toList()) + "; then try again");
    }
  }

  private static List<Obstacle> find(Session session, String database, String prepared) {
    List<Obstacle> found = new ArrayList<>();
    for (String each : session.strings(prepared, database)) {
      found.add(
          new Obstacle(
              "prepared transaction '" + each + "'",
              "COMMIT PREPARED or ROLLBACK PREPARED " + Sql.literal(each)));
    }
    for (String each : session.strings(SLOTS, database)) {
      found.add(
          new Obstacle(
              "logical replication slot '" + each + "', which would go on with the old database",
              "stop its subscriber and SELECT pg_drop_replication_slot("
                  + Sql.literal(each)
                  + ")"));
    }
    for (String each : session.strings(SUBSCRIPTIONS, database)) {
      found.add(
          new Obstacle(
              "subscription '" + each + "', which would go on filling the old database",
              "ALTER SUBSCRIPTION " + Sql.identifier(each) + " DISABLE"));
    }
    return found;
  }
}
