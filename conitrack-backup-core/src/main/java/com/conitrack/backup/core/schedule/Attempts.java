package com.conitrack.backup.core.schedule;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.Schedule;
import com.conitrack.backup.core.register.RegisterDetails;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was done for the runs of a schedule, by the instants that they were due at. */
final class Attempts {
  private static final String FAILED = "FAILED";
  private static final Comparator<Attempt> BY_TIME = Comparator.comparing(Attempt::startedAt);

  private final Schedule schedule;
  private final String database;
  private final Map<String, CatalogueEntry> held = new HashMap<>();
  private final Map<Instant, List<Attempt>> byDue = new HashMap<>();
  private @Nullable Instant since;

  private Attempts(Schedule schedule, String database) {
    this.schedule = schedule;
    this.database = database;
  }

  static Attempts read(
      Schedule schedule, String database, Catalogue catalogue, List<RegisterEntry> register) {
    Attempts attempts = new Attempts(schedule, database);
    catalogue.entries().forEach(attempts::hold);
    register.forEach(attempts::read);
    // What is left was never recorded: the register was out of reach, or is lost.
    attempts.held.values().forEach(attempts::addUnrecorded);
    attempts.byDue.values().forEach(list -> list.sort(BY_TIME));
    return attempts;
  }

  /** When the first thing was recorded; null if nothing was. */
  @Nullable Instant since() {
    return since;
  }

  @Nullable Attempt served(Instant due) {
    return byDue.getOrDefault(due, List.of()).stream()
        .filter(Attempt::succeeded)
        .findFirst()
        .orElse(null);
  }

  List<Attempt> failures(Instant due) {
    return byDue.getOrDefault(due, List.of()).stream()
        .filter(attempt -> !attempt.succeeded())
        .toList();
  }

  private void hold(CatalogueEntry entry) {
    Manifest manifest = entry.manifest();
    if (manifest.database().name().equals(database)) {
      held.put(manifest.run(), entry);
      known(manifest.startedAt());
    }
  }

  private void read(RegisterEntry entry) {
    known(entry.at());
    BackupId backup = entry.backup();
    boolean ours =
        entry.details().getOrDefault(RegisterDetails.DATABASE, database).equals(database);
    if (entry.event() == RegisterEvent.BACKUP && backup != null && ours) {
      CatalogueEntry kept = held.remove(entry.details().getOrDefault(RegisterDetails.RUN, ""));
      if (Trigger.SCHEDULED.name().equals(entry.details().get(RegisterDetails.TRIGGER))) {
        Instant startedAt = kept == null ? startedAt(entry) : kept.manifest().startedAt();
        String problem = problem(entry, kept);
        boolean taken = !entry.outcome().equals(FAILED);
        add(due(entry), new Attempt(startedAt, entry.at(), backup, entry.actor(), problem, taken));
      }
    }
  }

  private void addUnrecorded(CatalogueEntry entry) {
    Manifest m = entry.manifest();
    if (m.trigger() == Trigger.SCHEDULED) {
      String problem = entry.good() ? null : "it has fewer proved copies than required";
      add(m.due(), new Attempt(m.startedAt(), m.finishedAt(), m.id(), m.actor(), problem, true));
    }
  }

  private void add(@Nullable Instant named, Attempt attempt) {
    Instant due = named != null ? named : schedule.previous(attempt.startedAt().plusNanos(1));
    byDue.computeIfAbsent(due, instant -> new ArrayList<>()).add(attempt);
    known(due);
  }

  private void known(Instant at) {
    Instant first = since;
    since = first == null || at.isBefore(first) ? at : first;
  }

  /** A degraded backup that was healed since has done what it was taken for. */
  private static @Nullable String problem(RegisterEntry entry, @Nullable CatalogueEntry kept) {
    if (entry.outcome().equals(FAILED)) {
      return entry.details().getOrDefault(RegisterDetails.REASON, "it failed");
    }
    boolean good = !"false".equals(entry.details().get(RegisterDetails.GOOD));
    return good || (kept != null && kept.good())
        ? null
        : "it is degraded: fewer proved copies than required";
  }

  private static @Nullable Instant due(RegisterEntry entry) {
    try {
      String text = entry.details().get(RegisterDetails.DUE);
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Instant startedAt(RegisterEntry entry) {
    String millis = entry.details().getOrDefault(RegisterDetails.DURATION_MILLIS, "");
    return millis.matches("\\d{1,15}")
        ? entry.at().minusMillis(Long.parseLong(millis))
        : entry.at();
  }
}
