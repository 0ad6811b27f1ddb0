package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.drill.DrillReport.ControlResult;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.LeftOut;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes a drill into the register: what is about to be done, and how it ended. */
final class DrillLog {
  private static final int MOST_DIFFERENCES = 20;

  private final Setup setup;
  private final Register register;
  private final CatalogueEntry entry;
  private final String id;

  DrillLog(Setup setup, Register register, CatalogueEntry entry, String id) {
    this.setup = setup;
    this.register = register;
    this.entry = entry;
    this.id = id;
  }

  /** Announces the scratch database, so that it is known for ours whatever happens. */
  void started(String environment, String scratch) {
    Map<String, String> details = details();
    details.put(RegisterDetails.DRILL, id);
    details.put(RegisterDetails.SCRATCH, scratch);
    details.put(RegisterDetails.ENVIRONMENT, environment);
    register.append(
        setup.entry(RegisterEvent.DRILL, DrillRecord.STARTED, entry.id(), null, details));
  }

  /** How it ended, and what was left out of it. */
  void ended(DrillOutcome outcome, LeftOut leftOut) {
    DrillReport report = outcome.report();
    Map<String, String> details = details();
    details.put(RegisterDetails.QUARTER, report.quarter());
    put(details, RegisterDetails.ENVIRONMENT, report.environment());
    put(details, RegisterDetails.SOURCE, report.storage());
    details.put(RegisterDetails.MINUTES, minutes(report));
    details.put(
        RegisterDetails.DURATION_MILLIS, Long.toString(report.times().restore().toMillis()));
    details.put(RegisterDetails.TABLES, Integer.toString(report.tables()));
    details.put(RegisterDetails.ROWS, Long.toString(report.rows()));
    if (!report.controls().isEmpty()) {
      details.put(RegisterDetails.NEGATIVE_CONTROL, controls(report.controls()));
    }
    if (!report.remarks().isEmpty()) {
      details.put(RegisterDetails.REMARKS, String.join("; ", report.remarks()));
    }
    if (!leftOut.isNothing()) {
      details.put(RegisterDetails.LEFT_OUT, leftOut.text());
    }
    details.putAll(verdict(outcome));
    RegisterEntry written =
        setup.entry(RegisterEvent.DRILL, word(outcome), entry.id(), report.storage(), details);
    register.append(withId(written));
  }

  private RegisterEntry withId(RegisterEntry made) {
    return new RegisterEntry(
        id,
        made.at(),
        made.event(),
        made.outcome(),
        made.actor(),
        made.backup(),
        made.storage(),
        made.details());
  }

  private Map<String, String> details() {
    Map<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.RUN, entry.manifest().run());
    return details;
  }

  private static void put(Map<String, String> details, String name, @Nullable String value) {
    if (value != null) {
      details.put(name, value);
    }
  }

  private static String minutes(DrillReport report) {
    return String.format(Locale.ROOT, "%.1f", report.times().restore().toMillis() / 60_000.0);
  }

  private static String controls(List<ControlResult> controls) {
    List<String> told = new ArrayList<>();
    controls.forEach(each -> told.add(each.given() + ": " + each.detail()));
    return String.join("; ", told);
  }

  private static String word(DrillOutcome outcome) {
    return outcome instanceof DrillOutcome.Passed
        ? DrillRecord.PASSED
        : outcome instanceof DrillOutcome.Rejected ? DrillRecord.REJECTED : DrillRecord.FAILED;
  }

  private static Map<String, String> verdict(DrillOutcome outcome) {
    if (outcome instanceof DrillOutcome.Rejected rejected) {
      return Map.of(RegisterDetails.REASON, firstFew(rejected.differences()));
    }
    if (outcome instanceof DrillOutcome.Failed failed) {
      BackupException failure = failed.failure();
      String reason = firstFew(failed.reasons());
      return failure == null
          ? Map.of(RegisterDetails.REASON, reason)
          : Map.of(
              RegisterDetails.REASON, reason, RegisterDetails.ERROR_KIND, failure.kind().name());
    }
    return Map.of(RegisterDetails.LEVEL, VerificationLevel.RESTORED.name());
  }

  private static String firstFew(List<String> lines) {
    int more = lines.size() - MOST_DIFFERENCES;
    String few = String.join("; ", lines.subList(0, Math.min(MOST_DIFFERENCES, lines.size())));
    return more > 0 ? few + "; and " + more + " more" : few;
  }
}
