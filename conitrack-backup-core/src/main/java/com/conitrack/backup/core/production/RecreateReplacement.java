package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.DatabaseSwap;
import com.conitrack.backup.core.port.NewDatabase;
import com.conitrack.backup.core.port.RestoreOptions;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.port.SwapReport;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.restore.RestoreOutcome;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts an empty database, with the settings of the one in use, into its place, deletes that one,
 * and loads the backup: never more than one on the disk.
 */
final class RecreateReplacement implements Replacement {
  /** The step on record before the old database is deleted. */
  static final String DELETING = "ready to delete";

  private final Setup setup;
  private final Restorer restorer;
  private final RestoreGate.Admitted admitted;
  private final RestoreJournal journal;
  private final String restore;
  private final List<String> remarks;
  private final DatabaseServer server;
  private final String live;
  private final String fresh;
  private final String aside;
  private @Nullable Manifest safetyBackup;
  private boolean loaded;

  RecreateReplacement(
      Setup setup,
      Restorer restorer,
      RestoreGate.Admitted admitted,
      RestoreJournal journal,
      String restore,
      List<String> remarks) {
    this.setup = setup;
    this.restorer = restorer;
    this.admitted = admitted;
    this.journal = journal;
    this.restore = restore;
    this.remarks = remarks;
    this.server = setup.database().server();
    this.live = admitted.facts().name();
    Instant now = setup.clock().instant();
    this.fresh = DatabaseNames.fresh(live, now);
    this.aside = DatabaseNames.aside(live, now);
  }

  @Override
  public Map<String, String> names() {
    return Map.of(RegisterDetails.FRESH, fresh, RegisterDetails.ASIDE, aside);
  }

  @Override
  public Map<String, String> replace(Manifest safety, Runnable lastCall) {
    safetyBackup = safety;
    Map<String, String> facts = new TreeMap<>();
    journal.step("create database", this::create);
    lastCall.run();
    journal.step("swap", () -> swap(facts));
    try (RunLock.Held held = lockAnew()) {
      announceDeletion();
      journal.step("delete the old database", this::deleteOld);
      requireHeld(held);
      journal.step("load and compare", () -> load(facts));
      loaded = true;
    }
    return facts;
  }

  /** The lock went with the old database, and others may look after what seems interrupted. */
  private RunLock.Held lockAnew() {
    return setup.database().lock().acquire(setup.holder("restore"), setup.lockWait());
  }

  private static void requireHeld(RunLock.Held held) {
    if (!held.isHeld()) {
      throw new BackupException(
          ErrorKind.LOCKED,
          "unable to load the backup",
          "the lock on the new database was lost",
          "look for a dropped connection, then see what is said of the database");
    }
  }

  /** On record before it is done: afterwards, an empty database is no sign of the old one. */
  private void announceDeletion() {
    journal.require(
        RestoreRecord.STEP,
        Map.of(
            RegisterDetails.STEP,
            DELETING,
            RegisterDetails.DETAIL,
            "'" + aside + "' is about to be deleted"));
  }

  private String create() {
    server.create(new NewDatabase(fresh, live, DatabaseNames.comment(restore, live)));
    return "'" + fresh + "', empty";
  }

  private String swap(Map<String, String> facts) {
    SwapReport report = server.swap(new DatabaseSwap(live, fresh, aside, true));
    remarks.addAll(report.remarks());
    facts.put(RegisterDetails.LOST_TO, setup.clock().instant().toString());
    return "an empty database is in place; " + report.sessionsEnded() + " sessions were ended";
  }

  private String deleteOld() {
    server.drop(aside);
    return "deleted: from now on the safety backup is the only way back";
  }

  private String load(Map<String, String> facts) {
    RestoreOutcome outcome =
        restorer.loadAndCompare(
            admitted.entry(), setup.database(), RestoreOptions.whole(setup.policy().dumpTimeout()));
    remarks.addAll(outcome.remarks());
    if (outcome instanceof RestoreOutcome.Equal equal) {
      facts.put(RegisterDetails.SOURCE, equal.storage());
      return "equal to the backup";
    }
    throw SwapReplacement.notEqual(outcome);
  }

  @Override
  public Aftermath afterFailure() {
    try {
      String production = Patience.of(this::aftermath);
      return loaded ? Aftermath.replaced(production) : Aftermath.notReplaced(production);
    } catch (BackupException e) {
      remarks.add(String.valueOf(e.getMessage()));
      return Aftermath.unknown();
    }
  }

  private String aftermath() {
    if (loaded) {
      return "the backup's";
    }
    boolean stillThere = server.databases().stream().anyMatch(each -> each.name().equals(aside));
    if (stillThere) {
      server.swap(new DatabaseSwap(live, aside, fresh, false));
    }
    boolean untouched = server.drop(fresh) || !setup.database().inspector().userObjects().isEmpty();
    return untouched ? "the old one" : lost(live, String.valueOf(name(safetyBackup)));
  }

  private static String name(@Nullable Manifest safety) {
    return safety == null ? "…" : safety.id().value();
  }

  /** What to do once nothing is left but the safety backup. */
  static String lost(String database, String safetyBackup) {
    return "EMPTY: load the safety backup with 'conitrack-backup restore-to --target "
        + database
        + " "
        + safetyBackup
        + "', or another";
  }

  @Override
  public void lookBack(RestoreJournal ignored) {
    // The old database is gone.
  }
}
