package com.conitrack.backup.core.schedule;

import com.conitrack.backup.core.manifest.SampleManifest;
import com.conitrack.backup.core.model.Actor;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.RuleResult;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.Schedule;
import com.conitrack.backup.core.register.RegisterDetails;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A past, written down by a few words. */
final class History {
  static final String DATABASE = SampleManifest.full().database().name();
  static final Actor ANA = new Actor("ana", "host", "test");

  private final List<RegisterEntry> register = new ArrayList<>();
  private final List<CatalogueEntry> catalogue = new ArrayList<>();

  /** A backup of a minute that ended well. */
  History good(String name, String startedAt, @Nullable String due) {
    return backup(name, startedAt, due, "COMPLETE", Trigger.SCHEDULED);
  }

  History failed(String name, String startedAt, @Nullable String due) {
    return backup(name, startedAt, due, "FAILED", Trigger.SCHEDULED);
  }

  History backup(
      String name, String startedAt, @Nullable String due, String outcome, Trigger trigger) {
    TreeMap<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.RUN, "run-of-" + name);
    details.put(RegisterDetails.TRIGGER, trigger.name());
    details.put(RegisterDetails.DURATION_MILLIS, "60000");
    if (due != null) {
      details.put(RegisterDetails.DUE, due);
    }
    if (outcome.equals("FAILED")) {
      details.put(RegisterDetails.REASON, "disk full");
    } else {
      details.put(RegisterDetails.DATABASE, DATABASE);
    }
    if (outcome.equals("DEGRADED")) {
      details.put(RegisterDetails.GOOD, "false");
    }
    return entry(Instant.parse(startedAt).plusSeconds(60), outcome, new BackupId(name), details);
  }

  History entry(Instant at, String outcome, BackupId id, TreeMap<String, String> details) {
    register.add(
        new RegisterEntry(
            "entry-" + register.size(), at, RegisterEvent.BACKUP, outcome, ANA, id, null, details));
    return this;
  }

  /** What the catalogue holds, whether or not the register tells of it. */
  History held(String name, String startedAt, @Nullable String due) {
    Instant at = Instant.parse(startedAt);
    Manifest manifest =
        SampleManifest.full().toBuilder()
            .id(new BackupId(name))
            .run("run-of-" + name)
            .trigger(Trigger.SCHEDULED)
            .reason(null)
            .due(due == null ? null : Instant.parse(due))
            .startedAt(at)
            .finishedAt(at.plusSeconds(60))
            .actor(ANA)
            .rules(List.of(new RuleResult("at least 1 table", true, "")))
            .copies(List.of())
            .anchors(List.of())
            .build();
    CopyState copy = new CopyState("disk", true, VerificationLevel.STORED, at, null);
    catalogue.add(new CatalogueEntry(manifest, Sha256.OF_NOTHING, List.of(copy), null));
    return this;
  }

  RunCalendar calendar(Schedule schedule, Duration grace) {
    return RunCalendar.of(
        schedule, grace, DATABASE, new Catalogue(catalogue, List.of(), true), register);
  }
}
