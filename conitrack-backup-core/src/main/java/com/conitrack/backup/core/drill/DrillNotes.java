package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.drill.DrillReport.CheckResult;
import com.conitrack.backup.core.drill.DrillReport.ControlResult;
import com.conitrack.backup.core.drill.DrillReport.TableChange;
import com.conitrack.backup.core.drill.DrillReport.Times;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.Fingerprint;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a drill has done and found so far. */
final class DrillNotes {
  final List<String> remarks = new ArrayList<>();

  /** Why it cannot pass. */
  final List<String> reasons = new ArrayList<>();

  /** Where what was restored differs. */
  final List<String> differences = new ArrayList<>();

  final List<CheckResult> checks = new ArrayList<>();
  final List<TableChange> changes = new ArrayList<>();
  final List<ControlResult> controls = new ArrayList<>();

  /** What the restore has left out, a phrase for each thing. */
  final List<String> leftOut = new ArrayList<>();

  private final String id;
  private final CatalogueEntry entry;
  private final Instant began;
  private final Duration rto;
  private Duration loading = Duration.ZERO;
  private Duration comparing = Duration.ZERO;
  private Duration restore = Duration.ZERO;
  private @Nullable String environment;
  private @Nullable String storage;
  private @Nullable Fingerprint contents;
  private @Nullable String kept;

  DrillNotes(String id, CatalogueEntry entry, Instant began, Duration rto) {
    this.id = id;
    this.entry = entry;
    this.began = began;
    this.rto = rto;
  }

  void environment(String where) {
    environment = where;
  }

  void loaded(String from, Duration took) {
    storage = from;
    loading = took;
  }

  void compared(Fingerprint found, Duration took, Duration sinceTheStart) {
    contents = found;
    comparing = took;
    restore = sinceTheStart;
  }

  void kept(String name) {
    kept = name;
  }

  DrillReport report() {
    Fingerprint found = contents;
    return new DrillReport(
        id,
        entry.id(),
        began,
        quarter(began),
        environment,
        storage,
        new Times(loading, comparing, restore, rto),
        found == null ? 0 : found.tables().size(),
        found == null ? 0 : found.rows(),
        checks,
        changes,
        controls,
        leftOut,
        NotCovered.by(entry.manifest()),
        kept,
        remarks);
  }

  static String quarter(Instant at) {
    ZonedDateTime time = at.atZone(ZoneOffset.UTC);
    return time.getYear() + "-Q" + time.get(IsoFields.QUARTER_OF_YEAR);
  }
}
