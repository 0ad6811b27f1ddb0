package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.drill.DrillReport.CheckResult;
import com.conitrack.backup.core.drill.DrillReport.ControlResult;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.model.LeftOut;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.policy.DrillCheck;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.LoadPlace;
import com.conitrack.backup.core.port.NewDatabase;
import com.conitrack.backup.core.port.QueryAnswer;
import com.conitrack.backup.core.port.RestoreOptions;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.restore.Restorer.Loaded;
import com.conitrack.backup.core.setup.Setup;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One drill. Used once. */
final class DrillRun {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);

  private final String id = UUID.randomUUID().toString();
  private final Setup setup;
  private final Register register;
  private final CatalogueEntry entry;
  private final DrillRequest request;
  private final Database place;
  private final Instant began;
  private final DrillNotes notes;
  private final DrillLog log;
  private LeftOut leftOut = LeftOut.NOTHING;
  private int scratches;

  DrillRun(Setup setup, Register register, CatalogueEntry entry, DrillRequest request) {
    this.setup = setup;
    this.register = register;
    this.entry = entry;
    this.request = request;
    Database on = request.on();
    this.place = on == null ? setup.database() : on;
    this.began = setup.clock().instant();
    this.notes = new DrillNotes(id, entry, began, setup.policy().rto());
    this.log = new DrillLog(setup, register, entry, id);
  }

  /** Holds it and records it; a failure is an outcome. */
  DrillOutcome execute() {
    BackupException failure = null;
    try {
      prepareAndRestore();
    } catch (BackupException e) {
      failure = e;
      notes.reasons.add(0, String.valueOf(e.getMessage()));
    }
    DrillOutcome outcome = outcome(failure);
    log.ended(outcome, leftOut);
    return outcome;
  }

  private DrillOutcome outcome(@Nullable BackupException failure) {
    DrillReport report = notes.report();
    if (!notes.differences.isEmpty()) {
      return new DrillOutcome.Rejected(report, notes.differences);
    }
    return notes.reasons.isEmpty()
        ? new DrillOutcome.Passed(report)
        : new DrillOutcome.Failed(report, notes.reasons, failure);
  }

  private void prepareAndRestore() {
    DatabaseFacts facts = place.inspector().inspect();
    String environment = facts.server() + ", PostgreSQL " + facts.version();
    notes.environment(environment);
    List<RegisterEntry> entries = register.entries();
    notes.remarks.addAll(new Leftovers(place.server(), entries, began).drop());
    leftOut = Restorer.leaving(leaveOut(), entry, place);
    requireNoObstacles();
    Scratch.Plot plot = plot();
    log.started(environment, plot.name());
    try (Scratch scratch = Scratch.create(plot)) {
      restore(scratch);
      examine(scratch);
      scratch.requireHeld();
      if (request.keep()) {
        scratch.keep();
        notes.kept(scratch.name());
      }
    }
    if (isControlDue(entries)) {
      controlNegatively();
    }
  }

  private Set<LeaveOut> leaveOut() {
    Set<LeaveOut> asked = request.leaveOut();
    return asked == null ? setup.policy().restore().leaveOut() : asked;
  }

  private void requireNoObstacles() {
    List<String> obstacles =
        new ArrayList<>(
            place
                .inspector()
                .missing(entry.manifest().requirements().without(leftOut), LoadPlace.NEW_DATABASE));
    if (entry.copies().stream().noneMatch(CopyState::present)) {
      obstacles.add("no configured storage holds a copy of '" + entry.id() + "'");
    }
    if (!obstacles.isEmpty()) {
      throw new BackupException(
          ErrorKind.RULE,
          "unable to drill '" + entry.id() + "'",
          String.join("; ", obstacles),
          "nothing was created; put these right on the server, or drill on another one");
    }
  }

  private Scratch.Plot plot() {
    String number = scratches++ == 0 ? "" : "_" + scratches;
    String name = Leftovers.PREFIX + STAMP.format(began) + "_" + id.substring(0, 8) + number;
    return new Scratch.Plot(
        place.server(), name, form(), setup.holder("drill of " + entry.id()) + ", " + began);
  }

  /** The original may be there to be copied in every respect; elsewhere the manifest must do. */
  private NewDatabase.Form form() {
    Manifest manifest = entry.manifest();
    String original = manifest.database().name();
    boolean there =
        request.on() == null
            && place.server().databases().stream().anyMatch(each -> each.name().equals(original));
    return there
        ? new NewDatabase.Form.Like(original)
        : new NewDatabase.Form.Of(manifest.database().encoding(), manifest.requirements().locale());
  }

  private void restore(Scratch scratch) {
    RestoreOptions options =
        RestoreOptions.inParts(setup.policy().dumpTimeout())
            .withConnections(setup.policy().restore().connections())
            .without(leftOut);
    Loaded loaded =
        new Restorer(setup, register).pour(entry, scratch.restorer(), options, notes.remarks);
    Instant end = setup.clock().instant();
    notes.loaded(loaded.storage(), Duration.between(began, end));
    notes.leftOut.addAll(loaded.leftOut());
    Comparison comparison = Comparison.of(entry.manifest(), loaded, leftOut, scratch.database());
    Instant compared = setup.clock().instant();
    notes.compared(
        comparison.contents(), Duration.between(end, compared), Duration.between(began, compared));
    notes.differences.addAll(comparison.differences());
    notes.remarks.addAll(comparison.remarks());
    holdAgainstRto(Duration.between(began, compared));
  }

  private void holdAgainstRto(Duration restore) {
    Duration rto = setup.policy().rto();
    if (restore.compareTo(rto) > 0) {
      String told =
          "the restore took "
              + restore.toSeconds()
              + " s, longer than the RTO of "
              + rto.toSeconds()
              + " s";
      (setup.policy().drills().rtoFails() ? notes.reasons : notes.remarks).add(told);
    }
  }

  private void examine(Scratch scratch) {
    for (DrillCheck check : setup.policy().drills().checks()) {
      CheckResult result = ask(check, scratch.database());
      notes.checks.add(result);
      if (!result.met()) {
        notes.reasons.add("check '" + result.name() + "': " + result.detail());
      }
    }
    if (request.compareLive()) {
      LiveChanges live = LiveChanges.since(entry.manifest().contents(), setup);
      notes.changes.addAll(live.changes());
      notes.reasons.addAll(live.broken());
    }
  }

  private CheckResult ask(DrillCheck check, Database restored) {
    try {
      QueryAnswer answer =
          restored.inspector().query(check.sql(), setup.policy().drills().checkTimeout());
      String objection = check.expected().objection(answer.anyRow(), answer.value());
      return new CheckResult(
          check.name(),
          objection == null,
          objection == null ? String.valueOf(answer.value()) : objection);
    } catch (BackupException e) {
      return new CheckResult(check.name(), false, e.why());
    }
  }

  /** Asked for, or due because the last so many drills went without. */
  private boolean isControlDue(List<RegisterEntry> entries) {
    int every = setup.policy().drills().negativeControlEvery();
    long before = entries.stream().filter(DrillRecord::isEnd).count();
    return request.negativeControl() || every > 0 && (before + 1) % every == 0;
  }

  private void controlNegatively() {
    BackupStorage source = setup.storage(Objects.requireNonNull(notes.report().storage()));
    List<ControlResult> results =
        new NegativeControl(
                setup, entry, Objects.requireNonNull(source), () -> Scratch.create(plot()), leftOut)
            .run();
    notes.controls.addAll(results);
    results.stream()
        .filter(result -> !result.rejected())
        .map(result -> "negative control, " + result.given() + ": " + result.detail())
        .forEach(notes.reasons::add);
  }
}
