package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.port.SideLoad;
import com.conitrack.backup.core.port.SideSchema;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Puts tables of one backup into a schema of their own, proved equal to the backup. Used once. */
final class SideRestore {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneOffset.UTC);

  private static final int LONGEST_NAME = 63;

  private final Setup setup;
  private final TablesLog log;
  private final CatalogueEntry entry;
  private final SideRequest request;
  private final BackupReading reading;
  private final List<String> remarks = new ArrayList<>();
  private final String schema;

  SideRestore(
      Setup setup, Restorer restorer, TablesLog log, CatalogueEntry entry, SideRequest request) {
    this.setup = setup;
    this.log = log;
    this.entry = entry;
    this.request = request;
    this.reading = new BackupReading(restorer, entry, remarks);
    String named = request.schema();
    this.schema = named == null ? "conitrack_" + TIME.format(entry.manifest().startedAt()) : named;
  }

  SideOutcome execute() {
    Instant began = setup.clock().instant();
    SideOutcome outcome;
    try (RunLock.Held held =
        setup.database().lock().acquire(setup.holder("restore of tables"), setup.lockWait())) {
      outcome = load(held, began);
    } catch (BackupException e) {
      outcome = new SideOutcome.Failed(entry.id(), e, remarks);
    }
    log.side(outcome, schema, request.tables());
    return outcome;
  }

  private SideOutcome load(RunLock.Held lock, Instant began) {
    requireName();
    remarks.addAll(log.neverCompared(setup.database().tables().sideSchemas()));
    DatabaseFacts facts = setup.database().inspector().inspect();
    if (!facts.name().equals(entry.manifest().database().name())) {
      remarks.add("the backup is of database '" + entry.manifest().database().name() + "'");
    }
    List<BackupTable> tables = Selection.of(entry.id(), reading.tables(), request.tables());
    SideDesign design = new SideDesign(schema, tables);
    String storage = put(lock, design);
    remarks.addAll(design.leftBehind());
    remarks.add("until schema '" + schema + "' is dropped, it is part of every new backup");
    return compare(design, tables, storage, began);
  }

  private void requireName() {
    if (schema.isBlank() || schema.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw new BackupException(
          ErrorKind.RULE,
          "unable to make schema '" + schema + "'",
          "a name has 1 to " + LONGEST_NAME + " bytes",
          "give another name");
    }
  }

  private String put(RunLock.Held lock, SideDesign design) {
    String comment =
        "%stables of backup '%s', put beside at %s"
            .formatted(SideSchema.MARK, entry.id(), setup.clock().instant());
    try (SideLoad load =
        setup.database().tables().beside(new SideSchema(schema, comment), design.tables())) {
      String storage = reading.load(design.names()::containsKey, load);
      remarks.addAll(load.complete(design.further()));
      Locks.requireHeld(lock);
      load.commit();
      return storage;
    }
  }

  private SideOutcome compare(
      SideDesign design, List<BackupTable> tables, String storage, Instant began) {
    DumpFindings found;
    List<String> differences = new ArrayList<>();
    List<SideOutcome.Table> loaded = new ArrayList<>();
    try {
      found = Restorer.dumpAgain(setup.database(), scope());
      differences.addAll(found.whole() ? List.of() : found.defects());
      for (BackupTable table : tables) {
        loaded.add(
            compare(table.name(), design.beside(table.name()), found.fingerprint(), differences));
      }
    } catch (RuntimeException e) {
      setup.database().tables().dropSideSchema(schema);
      throw e;
    }
    if (!differences.isEmpty()) {
      setup.database().tables().dropSideSchema(schema);
      return new SideOutcome.Different(entry.id(), differences, remarks);
    }
    Duration took = Duration.between(began, setup.clock().instant());
    return new SideOutcome.Loaded(entry.id(), schema, storage, loaded, took, remarks);
  }

  private DumpScope scope() {
    String pattern = '"' + schema.replace("\"", "\"\"") + '"';
    return new DumpScope(List.of(pattern), List.of(), List.of(), List.of(), List.of());
  }

  private SideOutcome.Table compare(
      TableName source, TableName side, Fingerprint found, List<String> differences) {
    TableFingerprint wanted = entry.manifest().contents().table(source).orElse(null);
    TableFingerprint got = found.table(side).orElse(null);
    long rows = wanted == null ? 0 : wanted.rows();
    Sha256 digest = wanted == null ? Sha256.OF_NOTHING : wanted.sha256();
    if (got == null || got.rows() != rows || !got.sha256().equals(digest)) {
      differences.add(
          "table %s: %d rows with digest %s in the backup, %s beside"
              .formatted(
                  source,
                  rows,
                  digest,
                  got == null ? "none" : got.rows() + " with digest " + got.sha256()));
    }
    return new SideOutcome.Table(source, side, rows, digest);
  }
}
