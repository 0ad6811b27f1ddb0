package com.conitrack.backup.core.production;

import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.ShellOption;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.DatabaseSwap;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.port.SwapReport;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Puts an empty database, with the settings of the one in use, into its place, deletes that one,
 * loads the backup beside and puts it in place: never more than one on the disk. Where the backup
 * cannot be loaded once the old one is deleted, the safety backup is.
 */
final class RecreateReplacement implements Replacement {
  /** The step on record before the old database is deleted. */
  static final String DELETING = "ready to delete";

  private final Setup setup;
  private final CatalogueReader catalogueReader;
  private final RestoreGate.Admitted admitted;
  private final RestoreJournal journal;
  private final List<String> remarks;
  private final DatabaseServer server;
  private final String live;
  private final String aside;
  private final EmptyPlace.Names names;
  private final DatabaseBeside standIn;
  private final EmptyPlace place;
  private @Nullable Manifest safetyBackup;
  private boolean deleting;

  RecreateReplacement(
      Setup setup,
      Restorer restorer,
      CatalogueReader catalogueReader,
      RestoreGate.Admitted admitted,
      RestoreJournal journal,
      String restore,
      List<String> remarks) {
    this.setup = setup;
    this.catalogueReader = catalogueReader;
    this.admitted = admitted;
    this.journal = journal;
    this.remarks = remarks;
    this.server = setup.database().server();
    this.live = admitted.facts().name();
    Instant now = setup.clock().instant();
    this.aside = DatabaseNames.aside(live, now);
    this.names =
        new EmptyPlace.Names(
            live, DatabaseNames.fresh(live, now), DatabaseNames.emptied(live, now));
    this.standIn =
        new DatabaseBeside(setup, restorer, names.fresh(), live, restore, admitted.leftOut());
    this.place = new EmptyPlace(setup, restorer, names, restore, admitted.leftOut(), remarks);
  }

  @Override
  public Map<String, String> names() {
    return Map.of(
        RegisterDetails.FRESH, names.fresh(),
        RegisterDetails.ASIDE, aside,
        RegisterDetails.EMPTIED, names.emptied());
  }

  @Override
  public Map<String, String> replace(Manifest safety, Fingerprint contents, Runnable lastCall) {
    safetyBackup = safety;
    Map<String, String> facts = new TreeMap<>();
    journal.step("create database", this::create);
    lastCall.run();
    journal.step("swap", () -> swap(facts));
    try (RunLock.Held held = lockAnew()) {
      requireNotSettled();
      announceDeletion();
      deleting = true;
      journal.step("delete the old database", this::deleteOld);
      journal.step("load and compare", () -> place.load(admitted.entry(), facts));
      requireHeld(held);
      journal.step("put in place", place::fill);
    }
    return facts;
  }

  /** The lock went with its session, and others may look after what seems interrupted. */
  private RunLock.Held lockAnew() {
    return setup.database().lock().acquire(setup.holder("restore"), setup.lockWait());
  }

  private static void requireHeld(RunLock.Held held) {
    if (!held.isHeld()) {
      throw new BackupException(
          ErrorKind.LOCKED,
          "unable to put the backup in place",
          "the lock on the database was lost",
          "look for a dropped connection, then see what is said of the database");
    }
  }

  private void requireNotSettled() {
    if (!has(aside)) {
      throw new BackupException(
          ErrorKind.LOCKED,
          "unable to go on with the restore",
          "another command took it for interrupted, and put the old database back",
          "restore again, with nothing else at work on the database");
    }
  }

  private boolean has(String name) {
    return server.databases().stream().anyMatch(each -> each.name().equals(name));
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
    return standIn.create() + ", empty";
  }

  private String swap(Map<String, String> facts) {
    SwapReport report = server.swap(new DatabaseSwap(live, names.fresh(), aside, true));
    remarks.addAll(report.remarks());
    facts.put(RegisterDetails.LOST_TO, setup.clock().instant().toString());
    return "an empty database is in place; " + report.sessionsEnded() + " sessions were ended";
  }

  private String deleteOld() {
    server.drop(aside);
    return "deleted: from now on the safety backup is the only way back";
  }

  @Override
  public Aftermath afterFailure() {
    try {
      return Patience.of(this::aftermath);
    } catch (BackupException e) {
      remarks.add(String.valueOf(e.getMessage()));
      return deleting ? new Aftermath(Standing.UNKNOWN, lost(live, name())) : Aftermath.unknown();
    }
  }

  private Aftermath aftermath() {
    if (place.isFilled()) {
      place.clear();
      return Aftermath.replaced("the backup's");
    }
    if (!deleting) {
      if (has(aside)) {
        server.swap(new DatabaseSwap(live, aside, names.fresh(), false));
      }
      server.drop(names.fresh());
      return Aftermath.notReplaced("the old one");
    }
    try (RunLock.Held held = lockAnew()) {
      requireHeld(held);
      server.drop(aside);
      CatalogueEntry safety =
          catalogueReader
              .read()
              .find(Objects.requireNonNull(safetyBackup).id())
              .orElseThrow(() -> RestoreRecovery.gone(name()));
      place.load(safety, new TreeMap<>());
      place.fill();
    }
    return Aftermath.notReplaced("the old one, loaded from the safety backup '" + name() + "'");
  }

  private String name() {
    Manifest safety = safetyBackup;
    return safety == null ? "…" : safety.id().value();
  }

  /** What to do once nothing is left but the safety backup. */
  static String lost(String database, String safetyBackup) {
    return "EMPTY: once what is in the way is mended, 'conitrack-backup restore status' loads the"
        + " backup, or else the safety backup; by hand: conitrack-backup restore-to "
        + ShellOption.of("--target", database)
        + " "
        + safetyBackup;
  }

  @Override
  public void lookBack(RestoreJournal ignored) {
    // The old database is gone.
  }
}
