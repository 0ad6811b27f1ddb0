package com.conitrack.backup.spring.page;

import com.conitrack.backup.core.model.Actor;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.LargeObjects;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.SchemaChange;
import com.conitrack.backup.core.model.ServerVersion;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StoredDump;
import com.conitrack.backup.core.model.ToolFacts;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.status.BackupStatus;
import com.conitrack.backup.core.status.StatusReading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A few years of daily backups with all that can happen to them. */
final class SampleContents {
  static final String HOSTILE = "<script>alert('x')</script>\"&\u202e";
  static final Instant NOW = Instant.parse("2026-11-24T18:00:00Z");

  private static final Fingerprint EMPTY =
      new Fingerprint(List.of(), List.of(), LargeObjects.NONE, new TreeMap<>(), Sha256.OF_NOTHING);
  private static final SchemaChange CHANGE =
      new SchemaChange(
          "Flyway",
          "3",
          "4",
          List.of(new SchemaChange.Script("V4__" + HOSTILE + ".sql", "-1582040218")));
  private static final ServerVersion VERSION = new ServerVersion(16, "16.4");

  private final List<CatalogueEntry> backups = new ArrayList<>();
  private final List<RegisterEntry> entries = new ArrayList<>();

  /** So many days of backups, the last one today. */
  static PageContents of(int days) {
    SampleContents sample = new SampleContents();
    for (int day = days - 1; day >= 0; day--) {
      sample.day(day);
    }
    return sample.contents();
  }

  private void day(int day) {
    Instant due = Instant.parse("2026-11-24T03:00:00Z").minus(Duration.ofDays(day));
    if (day % 23 == 9) {
      return;
    }
    if (day % 31 == 5) {
      failed(due);
      return;
    }
    Instant began = day % 17 == 3 ? due.plus(Duration.ofHours(5)) : due.plusSeconds(4);
    backup(began, day);
    if (day % 45 == 20) {
      drill(began.plus(Duration.ofHours(6)), day);
    }
  }

  private void failed(Instant due) {
    entry(
        due.plusSeconds(9),
        RegisterEvent.BACKUP,
        "FAILED",
        name(due),
        Map.of(
            RegisterDetails.REASON,
            "unable to dump 'conitrack': no space left " + HOSTILE,
            RegisterDetails.TRIGGER,
            "SCHEDULED"));
  }

  private static String name(Instant began) {
    return "backup_" + began.toString().substring(0, 19).replace('T', '_').replace(':', '-');
  }

  private void backup(Instant began, int day) {
    Trigger trigger = day % 7 == 1 ? Trigger.PRE_CHANGE : Trigger.SCHEDULED;
    String reason = trigger == Trigger.PRE_CHANGE ? "migration to 4." + day + " " + HOSTILE : null;
    Manifest manifest = manifest(began, trigger, reason);
    VerificationLevel level =
        day % 45 == 20 ? VerificationLevel.RESTORED : VerificationLevel.STORED;
    CopyState nas = new CopyState("nas", true, level, began, null);
    CopyState r2 =
        day % 13 == 2
            ? new CopyState("r2", false, VerificationLevel.NONE, null, "its dump is gone")
            : new CopyState("r2", true, level, began, null);
    backups.add(
        new CatalogueEntry(
            manifest, Sha256.OF_NOTHING, List.of(nas, r2), day == 40 ? "audit of 2026" : null));
    entry(
        began.plusSeconds(6),
        RegisterEvent.BACKUP,
        "COMPLETE",
        manifest.id().value(),
        Map.of(
            RegisterDetails.TRIGGER, trigger.name(),
            RegisterDetails.TABLES, "31",
            RegisterDetails.ROWS, "48211",
            RegisterDetails.STORED_SHA256, Sha256.OF_NOTHING.hex(),
            RegisterDetails.DURATION_MILLIS, "5872"));
  }

  private static Manifest manifest(Instant began, Trigger trigger, @Nullable String reason) {
    String name = name(began);
    ByteDigest bytes = new ByteDigest(11_873, Sha256.OF_NOTHING);
    return Manifest.builder()
        .id(new BackupId(name))
        .run(name)
        .trigger(trigger)
        .reason(reason)
        .change(trigger == Trigger.PRE_CHANGE ? CHANGE : null)
        .startedAt(began)
        .finishedAt(began.plusSeconds(6))
        .actor(new Actor("conitrack", "app-1", "test"))
        .database(new DatabaseFacts("conitrack", "localhost", null, VERSION, 0, "UTF8", null))
        .tool(new ToolFacts("pg_dump", VERSION, List.of(), List.of()))
        .dump(new StoredDump(name + ".sql.gz", List.of("gzip"), bytes, bytes))
        .contents(EMPTY)
        .copiesRequired(1)
        .build();
  }

  private void drill(Instant at, int day) {
    boolean passed = day % 4 != 1;
    entry(
        at,
        RegisterEvent.DRILL,
        passed ? "PASSED" : "FAILED",
        name(at.minus(Duration.ofHours(6))),
        Map.of(
            RegisterDetails.QUARTER,
            "2026-Q4",
            RegisterDetails.MINUTES,
            passed ? "1.4" : "0.2",
            RegisterDetails.DURATION_MILLIS,
            passed ? "84211" : "12000",
            RegisterDetails.ROWS,
            "48211",
            passed ? RegisterDetails.REMARKS : RegisterDetails.REASON,
            passed ? "" : "the scratch server was stopped"));
  }

  private void entry(
      Instant at, RegisterEvent event, String outcome, String backup, Map<String, String> details) {
    entries.add(
        new RegisterEntry(
            "entry-" + entries.size(),
            at,
            event,
            outcome,
            new Actor("conitrack", "app-1", "test"),
            new BackupId(backup),
            null,
            new TreeMap<>(details)));
  }

  private PageContents contents() {
    BackupPolicy policy = BackupPolicy.defaults();
    entries.sort(Comparator.comparing(RegisterEntry::at));
    StatusReading reading =
        new StatusReading(
            "conitrack",
            null,
            List.of("nas", "r2"),
            new Catalogue(backups, List.of(), true),
            entries,
            List.of(),
            NOW);
    return new PageContents(policy, reading, BackupStatus.of(policy, reading, NOW));
  }
}
