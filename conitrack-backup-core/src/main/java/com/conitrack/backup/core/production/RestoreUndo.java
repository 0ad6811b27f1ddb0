package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.DatabaseSwap;
import com.conitrack.backup.core.port.SwapReport;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Goes back to the database from before a restore, or deletes what a restore left beside. */
final class RestoreUndo {
  private final Setup setup;
  private final Register register;
  private final DatabaseServer server;
  private final String live;
  private final List<String> remarks = new ArrayList<>();

  RestoreUndo(Setup setup, Register register, String live) {
    this.setup = setup;
    this.register = register;
    this.server = setup.database().server();
    this.live = live;
  }

  /** Puts the old database of the newest restore back. */
  UndoOutcome rollback(String reason, ApplicationHooks hooks) {
    RestoreRecord record =
        newest(RestoreRecord.State.PASSED)
            .orElseThrow(
                () ->
                    refused(
                        "roll back",
                        "no restore is on record whose old database is still there",
                        "to go back to an earlier state, restore the safety backup"));
    RestoreJournal journal =
        new RestoreJournal(setup, register, record.id(), record.backup(), live, remarks);
    ApplicationHooks.Context context =
        new ApplicationHooks.Context(record.id(), record.backup(), live);
    try {
      hooks.stop(context);
      swapBack(record, journal, reason);
    } finally {
      start(hooks, context);
    }
    return new UndoOutcome(reread(record), remarks);
  }

  private void swapBack(RestoreRecord record, RestoreJournal journal, String reason) {
    String undone = DatabaseNames.undone(live, setup.clock().instant());
    String aside = String.valueOf(record.leftBeside());
    Map<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.REASON, reason);
    details.put(RegisterDetails.UNDONE, undone);
    journal.require(RestoreRecord.ROLLBACK_BEGUN, details);
    try {
      SwapReport report = server.swap(new DatabaseSwap(live, aside, undone, false));
      remarks.addAll(report.remarks());
      details.put(RegisterDetails.WINDOW_MILLIS, Long.toString(report.window().toMillis()));
    } catch (DatabaseException e) {
      if (e.kind() != ErrorKind.CONNECTION) {
        details.put(RegisterDetails.DETAIL, String.valueOf(e.getMessage()));
        journal.quietly(RestoreRecord.ROLLBACK_FAILED, details);
      }
      throw e;
    }
    restoreComment(server, record, remarks);
    describe(undone, record);
    journal.quietly(RestoreRecord.ROLLED_BACK, details);
  }

  /** It was overwritten when the database was put aside. */
  static void restoreComment(DatabaseServer server, RestoreRecord record, List<String> remarks) {
    try {
      server.comment(record.database(), record.facts().getOrDefault(RegisterDetails.COMMENT, ""));
    } catch (DatabaseException e) {
      remarks.add(String.valueOf(e.getMessage()));
    }
  }

  private void describe(String undone, RestoreRecord record) {
    try {
      server.comment(
          undone,
          "conitrack-backup: what restore "
              + record.id()
              + " had made of '"
              + live
              + "' before it was rolled back; 'restore discard' deletes it");
    } catch (DatabaseException e) {
      remarks.add(String.valueOf(e.getMessage()));
    }
  }

  private void start(ApplicationHooks hooks, ApplicationHooks.Context context) {
    try {
      hooks.start(context);
    } catch (RuntimeException e) {
      remarks.add("THE APPLICATION WAS NOT STARTED: " + e.getMessage());
    }
  }

  /** Deletes the database that the newest restore, or its rollback, left beside. */
  UndoOutcome discard() {
    RestoreRecord record =
        newestWithLeftover()
            .orElseThrow(
                () ->
                    refused(
                        "discard anything",
                        "no restore is on record that left a database beside",
                        "nothing needs to be done"));
    String name = String.valueOf(record.leftBeside());
    server.drop(name);
    RestoreJournal journal =
        new RestoreJournal(setup, register, record.id(), record.backup(), live, remarks);
    journal.quietly(
        RestoreRecord.DISCARDED, Map.of(RegisterDetails.DETAIL, "'" + name + "' was deleted"));
    return new UndoOutcome(reread(record), remarks);
  }

  private Optional<RestoreRecord> newest(RestoreRecord.State state) {
    return newestWithLeftover().filter(each -> each.state() == state);
  }

  private Optional<RestoreRecord> newestWithLeftover() {
    List<RestoreRecord> records = RestoreRecord.of(register.entries(), live);
    return records.stream()
        .filter(each -> each.leftBeside() != null && exists(each.leftBeside()))
        .reduce((older, newer) -> newer);
  }

  private boolean exists(@Nullable String name) {
    return server.databases().stream().anyMatch(each -> each.name().equals(name));
  }

  private RestoreRecord reread(RestoreRecord record) {
    return RestoreRecord.of(register.entries(), live).stream()
        .filter(each -> each.id().equals(record.id()))
        .findFirst()
        .orElse(record);
  }

  private BackupException refused(String what, String why, String hint) {
    return new BackupException(
        ErrorKind.RULE, "unable to " + what + " on database '" + live + "'", why, hint);
  }
}
