package com.conitrack.backup.pg;

import com.conitrack.backup.core.port.RestoreOptions;

/** How many connections a restore may use. */
final class LoadConnections {
  private static final int MOST_UNASKED = 4;

  /** Of those free, left to others: to whoever looks at the restore, and to our own questions. */
  private static final int SPARED = 3;

  /**
   * Free connections of the server, of the database and of the user, whichever is least; of other
   * users' sessions the list shows no more than that they are there.
   */
  private static final String FREE =
      """
      SELECT least(
        current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
          - coalesce(nullif(current_setting('reserved_connections', true), '')::int, 0)
          - (SELECT count(*) FROM pg_stat_activity WHERE usesysid IS NOT NULL),
        (SELECT CASE WHEN datconnlimit < 0 THEN 100000 ELSE datconnlimit END FROM pg_database WHERE datname = current_database())
          - (SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()),
        (SELECT CASE WHEN rolconnlimit < 0 OR rolsuper THEN 100000 ELSE rolconnlimit END FROM pg_roles WHERE rolname = current_user)
          - (SELECT count(*) FROM pg_stat_activity WHERE usename = current_user))
      """;

  private LoadConnections() {}

  /** At least one. */
  static int choose(Jdbc jdbc, RestoreOptions options, String what) {
    int wanted =
        options.connections() == RestoreOptions.AUTOMATIC
            ? Math.min(MOST_UNASKED, Runtime.getRuntime().availableProcessors())
            : options.connections();
    if (options.isWhole() || wanted == 1) {
      return 1;
    }
    try (Session session = jdbc.open(what)) {
      int free = session.first(FREE, row -> row.getInt(1)).orElse(0);
      return Math.max(1, Math.min(wanted, free - SPARED));
    }
  }
}
