package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.ArrayList;
import java.util.List;

/** What is bound to a database itself, not to its name, and would stay with the old one. */
final class SwapObstacles {
  private static final String PREPARED =
      "SELECT gid FROM pg_catalog.pg_prepared_xacts WHERE database = ? ORDER BY 1";
  private static final String SLOTS =
      "SELECT slot_name FROM pg_catalog.pg_replication_slots WHERE database = ? AND NOT temporary"
          + " ORDER BY 1";
  private static final String SUBSCRIPTIONS =
      "SELECT subname FROM pg_catalog.pg_subscription"
          + " WHERE subdbid::bigint = ? AND subenabled ORDER BY 1";

  private SwapObstacles() {}

  static void requireNone(Session session, long oid, String database, String what) {
    List<String> found = new ArrayList<>();
    List<String> fixes = new ArrayList<>();
    for (String each : session.strings(PREPARED, database)) {
      found.add("prepared transaction '" + each + "'");
      fixes.add("COMMIT PREPARED or ROLLBACK PREPARED " + Sql.literal(each));
    }
    for (String each : session.strings(SLOTS, database)) {
      found.add("logical replication slot '" + each + "', which would go on with the old database");
      fixes.add(
          "stop its subscriber and SELECT pg_drop_replication_slot(" + Sql.literal(each) + ")");
    }
    for (String each : session.strings(SUBSCRIPTIONS, oid)) {
      found.add("subscription '" + each + "', which would go on filling the old database");
      fixes.add("ALTER SUBSCRIPTION " + Sql.identifier(each) + " DISABLE");
    }
    if (!found.isEmpty()) {
      throw new DatabaseException(
          ErrorKind.RULE,
          what,
          "'" + database + "' has " + String.join(", ", found),
          String.join("; ", fixes) + "; then try again");
    }
  }
}
