package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.NewDatabase;
import com.conitrack.backup.core.setup.Setup;
import org.jspecify.annotations.Nullable;

/**
 * How a backup shall take the place of a database.
 *
 * @param strategy how
 * @param reason why that way
 * @param obstacle why it cannot be done that way, null if it can
 */
record StrategyChoice(RestoreStrategy strategy, String reason, @Nullable String obstacle) {

  /** The strategy named, or the safest that the server allows; finds out whether it can be done. */
  static StrategyChoice of(Setup setup, String database, @Nullable RestoreStrategy named) {
    if (named == RestoreStrategy.IN_ONE_TRANSACTION) {
      return new StrategyChoice(named, "named by whoever made the plan", null);
    }
    DatabaseException refused = tryToCreate(setup, database);
    if (named != null) {
      String obstacle = refused == null ? null : obstacle(refused);
      return new StrategyChoice(named, "named by whoever made the plan", obstacle);
    }
    return refused == null
        ? new StrategyChoice(
            RestoreStrategy.SWAP,
            "a second database can be made on the server: one was made and dropped",
            null)
        : new StrategyChoice(
            RestoreStrategy.IN_ONE_TRANSACTION,
            "no second database can be made on the server: " + refused.why(),
            null);
  }

  private static String obstacle(DatabaseException refused) {
    return "no database can be made on the server ("
        + refused.why()
        + "): ALTER ROLE … CREATEDB, or name the strategy in-one-transaction";
  }

  /** An empty database, for a moment: no other question is answered as surely. */
  private static @Nullable DatabaseException tryToCreate(Setup setup, String database) {
    DatabaseServer server = setup.database().server();
    String name = DatabaseNames.probe(database, setup.clock().instant());
    try {
      server.create(new NewDatabase(name, database, DatabaseNames.comment("plan", database)));
      return null;
    } catch (DatabaseException e) {
      return e;
    } finally {
      dropQuietly(server, name);
    }
  }

  private static void dropQuietly(DatabaseServer server, String name) {
    try {
      server.drop(name);
    } catch (DatabaseException e) {
      // Its comment says whose it is; the next restore removes it.
    }
  }
}
