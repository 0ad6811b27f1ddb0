package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The database to back up.
 *
 * @param connection where it is and as whom to connect
 * @param tools the only directory to take client tools from; null for the usual places
 * @param maintenance the database to make and move others from; null for the usual ones
 * @param lockWait how long a dump waits for tables that others have locked
 * @param scope which part of it is dumped
 */
public record DatabaseConfig(
    PostgresConnection connection,
    @Nullable Path tools,
    @Nullable String maintenance,
    Duration lockWait,
    DumpScope scope) {

  /** The database. Opens no connection. */
  public PostgresDatabase open() {
    return open(connection);
  }

  /** Another database with the same tools and patience. Opens no connection. */
  public PostgresDatabase open(PostgresConnection other) {
    PostgresDatabase.Builder builder = PostgresDatabase.builder(other).lockWait(lockWait);
    if (tools != null) {
      builder.toolsDirectory(tools);
    }
    if (maintenance != null) {
      builder.maintenanceDatabase(maintenance);
    }
    return builder.build();
  }
}
