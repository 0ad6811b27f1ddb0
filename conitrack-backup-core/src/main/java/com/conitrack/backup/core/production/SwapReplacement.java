package com.conitrack.backup.core.production;

import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.port.DatabaseDescription;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.port.DatabaseSwap;
import com.conitrack.backup.core.port.SwapReport;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.restore.RestoreOutcome;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds the backup's database beside the one in use, proves it, and exchanges their names. */
final class SwapReplacement implements Replacement {
  private final Setup setup;
  private final RestoreGate.Admitted admitted;
  private final RestoreJournal journal;
  private final String restore;
  private final List<String> remarks;
  private final DatabaseServer server;
  private final String live;
  private final String fresh;
  private final String aside;
  private final String comment;
  private final DatabaseBeside beside;
  private @Nullable Manifest safetyBackup;

  SwapReplacement(
      Setup setup,
      Restorer restorer,
      RestoreGate.Admitted admitted,
      RestoreJournal journal,
      String restore,
      List<String> remarks) {
    this.setup = setup;
    this.admitted = admitted;
    this.journal = journal;
    this.restore = restore;
    this.remarks = remarks;
    this.server = setup.database().server();
    this.live = admitted.facts().name();
    Instant now = setup.clock().instant();
    this.fresh = DatabaseNames.fresh(live, now);
    this.aside = DatabaseNames.aside(live, now);
    this.comment = commentOf(server, live);
    this.beside = new DatabaseBeside(setup, restorer, fresh, live, restore, admitted.leftOut());
  }

  static String commentOf(DatabaseServer server, String name) {
    return server.databases().stream()
        .filter(each -> each.name().equals(name))
        .map(DatabaseDescription::comment)
        .map(text -> text == null ? "" : text)
        .findFirst()
        .orElse("");
  }

  @Override
  public Map<String, String> names() {
    return Map.of(
        RegisterDetails.FRESH, fresh,
        RegisterDetails.ASIDE, aside,
        RegisterDetails.COMMENT, comment);
  }

  @Override
  public Map<String, String> replace(Manifest safety, Fingerprint contents, Runnable lastCall) {
    safetyBackup = safety;
    Map<String, String> facts = new TreeMap<>();
    journal.step("create database", beside::create);
    journal.step("load and compare", () -> beside.load(admitted.entry(), facts, remarks));
    lastCall.run();
    journal.step("swap", () -> swap(facts));
    journal.step("verify", this::verify);
    return facts;
  }

  static BackupException notEqual(RestoreOutcome outcome) {
    if (outcome instanceof RestoreOutcome.Failed failed) {
      return failed.failure();
    }
    List<String> differences =
        outcome instanceof RestoreOutcome.Different different ? different.differences() : List.of();
    return new BackupException(
        ErrorKind.DATABASE,
        "unable to restore '" + outcome.backup() + "'",
        "what was restored is not equal to the backup: " + String.join("; ", differences),
        "look at the differences; 'restore-to' loads the backup beside for a closer look");
  }

  private String swap(Map<String, String> facts) {
    SwapReport report = server.swap(new DatabaseSwap(live, fresh, aside, true));
    remarks.addAll(report.remarks());
    facts.put(RegisterDetails.LOST_TO, setup.clock().instant().toString());
    facts.put(RegisterDetails.WINDOW_MILLIS, Long.toString(report.window().toMillis()));
    facts.put(RegisterDetails.DETAIL, "the database from before is '" + aside + "'");
    return "the old database is '%s'; nobody could connect for %d ms; %d sessions were ended"
        .formatted(aside, report.window().toMillis(), report.sessionsEnded());
  }

  private String verify() {
    if (!has(aside) || has(fresh)) {
      throw new DatabaseException(
          ErrorKind.DATABASE,
          "unable to confirm the swap",
          "the server's databases are not called as they should be",
          "run 'conitrack-backup restore status'");
    }
    try {
      server.comment(aside, DatabaseNames.asideComment(restore, live));
    } catch (DatabaseException e) {
      remarks.add(String.valueOf(e.getMessage()));
    }
    String version = setup.database().inspector().inspect().version().text();
    return "connected to '" + live + "' on PostgreSQL " + version;
  }

  private boolean has(String name) {
    return server.databases().stream().anyMatch(each -> each.name().equals(name));
  }

  @Override
  public Aftermath afterFailure() {
    try {
      if (Patience.of(() -> has(aside))) {
        return Aftermath.replaced("the backup's; the one from before is '" + aside + "'");
      }
      String dropped = server.drop(fresh) ? "; what was being loaded was deleted" : "";
      return Aftermath.notReplaced("the old one, untouched" + dropped);
    } catch (BackupException e) {
      remarks.add(String.valueOf(e.getMessage()));
      return Aftermath.unknown();
    }
  }

  @Override
  public void lookBack(RestoreJournal ignored) {
    Manifest safety = safetyBackup;
    if (safety == null) {
      return;
    }
    try {
      journal.step("look for late writes", () -> lateWrites(safety));
    } catch (BackupException e) {
      remarks.add("late writes could not be looked for: " + e.getMessage());
    }
  }

  /** The old database is at rest now, so this is exact. */
  private String lateWrites(Manifest safety) {
    DumpFindings findings = Restorer.dumpAgain(server.database(aside));
    List<String> differences =
        new ArrayList<>(safety.contents().differencesTo(findings.fingerprint()));
    if (differences.isEmpty()) {
      return "nothing was written after the safety backup";
    }
    String told =
        "written after the safety backup, and only in '"
            + aside
            + "': "
            + String.join("; ", differences);
    remarks.add(told);
    return told;
  }
}
