package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.LeftOut;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.DatabaseSwap;
import com.conitrack.backup.core.port.SwapReport;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.util.List;
import java.util.Map;

/**
 * The place of a database that was deleted, held by an empty one with its settings, until a backup
 * that was loaded beside and proved equal there takes it. So nobody ever sees a part of a backup
 * under the name in use, and the names tell whether it happened.
 */
final class EmptyPlace {
  private final Setup setup;
  private final Restorer restorer;
  private final Names names;
  private final String restore;
  private final LeftOut leftOut;
  private final List<String> remarks;
  private final DatabaseServer server;

  /**
   * What the databases are called.
   *
   * @param live the name in use
   * @param fresh where the backup is loaded
   * @param emptied what the empty one is called once it has given way
   */
  record Names(String live, String fresh, String emptied) {}

  /**
   * @param leftOut what of a backup is not loaded
   */
  EmptyPlace(
      Setup setup,
      Restorer restorer,
      Names names,
      String restore,
      LeftOut leftOut,
      List<String> remarks) {
    this.setup = setup;
    this.restorer = restorer;
    this.names = names;
    this.restore = restore;
    this.leftOut = leftOut;
    this.remarks = remarks;
    this.server = setup.database().server();
  }

  /**
   * Loads a backup beside; what an earlier attempt has left of another is deleted first.
   *
   * @throws BackupException if it could not be loaded; the place is still empty then
   */
  String load(CatalogueEntry entry, Map<String, String> facts) {
    DatabaseBeside beside =
        new DatabaseBeside(setup, restorer, names.fresh(), names.live(), restore, leftOut);
    beside.drop();
    try {
      beside.create();
      return beside.load(entry, facts, remarks);
    } catch (BackupException e) {
      dropQuietly(beside); // It may be what fills the disk.
      throw e;
    }
  }

  private void dropQuietly(DatabaseBeside beside) {
    try {
      beside.drop();
    } catch (BackupException e) {
      remarks.add(String.valueOf(e.getMessage()));
    }
  }

  /** Puts what was loaded into the place. */
  String fill() {
    SwapReport report =
        server.swap(new DatabaseSwap(names.live(), names.fresh(), names.emptied(), true));
    remarks.addAll(report.remarks());
    clear();
    return "in place; " + report.sessionsEnded() + " sessions were ended";
  }

  /** Whether what was loaded is in the place. */
  boolean isFilled() {
    return server.databases().stream().anyMatch(each -> each.name().equals(names.emptied()));
  }

  /** Deletes the one that was empty, unless somebody has made something in it meanwhile. */
  void clear() {
    try {
      List<String> found = server.database(names.emptied()).inspector().userObjects();
      if (found.isEmpty()) {
        server.drop(names.emptied());
        return;
      }
      remarks.add(
          "while the backup was loaded, somebody made in the empty database: "
              + String.join(", ", found)
              + "; it is kept as '"
              + names.emptied()
              + "': drop it when it was looked at");
      server.comment(
          names.emptied(), "conitrack-backup: stood in for '" + names.live() + "'; safe to drop");
    } catch (BackupException e) {
      remarks.add(String.valueOf(e.getMessage()));
    }
  }
}
