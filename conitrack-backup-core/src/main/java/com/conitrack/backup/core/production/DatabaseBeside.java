package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.LeftOut;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.NewDatabase;
import com.conitrack.backup.core.port.RestoreOptions;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.restore.RestoreOutcome;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.util.List;
import java.util.Map;

/** A new database beside the one in use, which a backup is loaded into. */
final class DatabaseBeside {
  private final Setup setup;
  private final Restorer restorer;
  private final DatabaseServer server;
  private final String name;
  private final String live;
  private final String comment;
  private final LeftOut leftOut;
  private boolean used;

  /**
   * @param name what it will be called
   * @param live the database in whose form it is made
   * @param restore the restore that makes it
   * @param leftOut what of a backup is not loaded
   */
  DatabaseBeside(
      Setup setup, Restorer restorer, String name, String live, String restore, LeftOut leftOut) {
    this.setup = setup;
    this.restorer = restorer;
    this.server = setup.database().server();
    this.name = name;
    this.live = live;
    this.leftOut = leftOut;
    this.comment = DatabaseNames.comment(restore, live);
  }

  String create() {
    server.create(new NewDatabase(name, live, comment));
    return "'" + name + "'";
  }

  /** Whether it was there to be deleted. */
  boolean drop() {
    return server.drop(name);
  }

  /**
   * In parts, as the server's lock table could not hold every object of a large schema at once:
   * nobody else knows of this database, and it is made anew before a second copy is tried. What is
   * loaded is on disk once it has taken another's place: that commit comes later in the same WAL.
   *
   * @param facts is given where the copy came from
   * @return what was loaded, in words
   */
  String load(CatalogueEntry entry, Map<String, String> facts, List<String> remarks) {
    RestoreOutcome outcome =
        restorer.loadAndCompare(
            entry,
            server.database(name),
            this::loadAnew,
            RestoreOptions.inParts(setup.policy().dumpTimeout())
                .withConnections(setup.policy().restore().connections())
                .without(leftOut));
    remarks.addAll(outcome.remarks());
    if (outcome instanceof RestoreOutcome.Equal equal) {
      facts.put(RegisterDetails.SOURCE, equal.storage());
      return "from storage '"
          + equal.storage()
          + "': "
          + equal.contents().rows()
          + " rows in "
          + equal.contents().tables().size()
          + " tables, "
          + LeftOutWords.equal(equal.leftOut());
    }
    throw SwapReplacement.notEqual(outcome);
  }

  private List<String> loadAnew(DatabaseRestorer.DumpBody body, RestoreOptions options) {
    if (used) {
      drop();
      create();
    }
    used = true;
    return server.database(name).restorer().restore(body, options);
  }
}
