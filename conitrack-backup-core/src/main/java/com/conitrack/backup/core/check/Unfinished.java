package com.conitrack.backup.core.check;

import com.conitrack.backup.core.check.CheckItem.Status;
import com.conitrack.backup.core.drill.DrillRecord;
import com.conitrack.backup.core.drill.Leftovers;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.port.DatabaseDescription;
import com.conitrack.backup.core.port.DatabaseServer;
import com.conitrack.backup.core.production.RestoreRecord;
import com.conitrack.backup.core.setup.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What restores and drills have left undone: restores without an end, databases kept or left
 * behind, drills that are due. A server that does not list its databases fails nothing here.
 */
final class Unfinished {
  private static final String RESTORES = "restores";
  private static final String DRILLS = "drills";
  private static final String LEFT_BEHIND = "left behind";

  private final Setup setup;
  private final List<RegisterEntry> entries;
  private final String database;
  private final List<CheckItem> items = new ArrayList<>();

  /**
   * @param entries the register
   * @param database the name of the database in use
   */
  Unfinished(Setup setup, List<RegisterEntry> entries, String database) {
    this.setup = setup;
    this.entries = entries;
    this.database = database;
  }

  List<CheckItem> items() {
    List<RestoreRecord> records = RestoreRecord.of(entries, database);
    records.stream().filter(RestoreRecord::open).forEach(this::addOpen);
    List<String> kept =
        records.stream().map(RestoreRecord::leftBeside).filter(Objects::nonNull).toList();
    DatabaseServer server = setup.database().server();
    ask(() -> there(server, kept)).forEach(this::addKept);
    ask(() -> new Leftovers(server, entries, setup.clock().instant()).find())
        .forEach(this::addScratch);
    addDrills();
    return items;
  }

  private static List<String> there(DatabaseServer server, List<String> names) {
    return names.isEmpty()
        ? List.of()
        : server.databases().stream()
            .map(DatabaseDescription::name)
            .filter(names::contains)
            .toList();
  }

  private List<String> ask(Supplier<List<String>> question) {
    try {
      return question.get();
    } catch (BackupException e) {
      items.add(new CheckItem(LEFT_BEHIND, Status.WARNING, e.what() + ": " + e.why(), e.hint()));
      return List.of();
    }
  }

  private void addOpen(RestoreRecord restore) {
    items.add(
        new CheckItem(
            RESTORES,
            Status.FAILED,
            "the restore of '"
                + restore.backup()
                + "' begun at "
                + restore.begunAt()
                + " has no end on record: it is at work, or was interrupted",
            "run 'conitrack-backup restore status', which finds out and clears up"));
  }

  private void addKept(String name) {
    items.add(
        new CheckItem(
            RESTORES,
            Status.WARNING,
            "database '" + name + "' is kept from a restore and takes up room",
            "once nobody wants to go back, run 'conitrack-backup restore discard'"));
  }

  private void addScratch(String name) {
    items.add(
        new CheckItem(
            LEFT_BEHIND,
            Status.WARNING,
            "database '" + name + "' was left by a drill that was interrupted",
            "the next drill drops it"));
  }

  private void addDrills() {
    Duration interval = setup.policy().drillInterval();
    if (interval == null) {
      return;
    }
    Instant now = setup.clock().instant();
    Optional<Duration> age =
        DrillRecord.of(entries).stream()
            .filter(drill -> drill.result().equals("PASSED"))
            .map(drill -> Duration.between(drill.at(), now))
            .min(Duration::compareTo);
    String found =
        age.map(each -> "the last drill that passed was " + each.toDays() + " days ago")
            .orElse("no drill has passed yet");
    boolean overdue = age.isEmpty() || age.get().compareTo(interval) > 0;
    items.add(
        overdue
            ? new CheckItem(
                DRILLS,
                Status.WARNING,
                found + "; the policy asks for one every " + interval.toDays() + " days",
                "run 'conitrack-backup drill'")
            : new CheckItem(DRILLS, Status.OK, found, null));
  }
}
