package com.conitrack.backup.core.production;

import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.TableKind;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.policy.RestoreRules;
import com.conitrack.backup.core.port.DumpRequest;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Compares a backup with what its database holds now, by dumping that once. Audit tables are
 * compared row by row; all others too, if the backup has at most {@link #MOST_ROWS} rows in all. If
 * it has more than that in audit tables, they are as long as rows were only added to them.
 */
final class LiveComparison {
  /** Bounds the memory to some 60 MB. */
  static final long MOST_ROWS = 1_000_000;

  private final Setup setup;
  private final Restorer restorer;
  private final CatalogueEntry entry;
  private final List<String> remarks;
  private final RestoreRules rules;
  private final RowPrefixes prefixes;

  LiveComparison(Setup setup, Restorer restorer, CatalogueEntry entry, List<String> remarks) {
    this.setup = setup;
    this.restorer = restorer;
    this.entry = entry;
    this.remarks = remarks;
    this.rules = setup.policy().restore();
    this.prefixes = new RowPrefixes(rules::isAudit);
  }

  /** What the database holds now, and what of it would be lost. */
  record Result(Fingerprint now, RestoreLoss loss) {}

  Result compare() {
    Fingerprint backup = entry.manifest().contents();
    Predicate<TableName> counted = counted(backup);
    RowComparison rows = backupRows(counted);
    Instant at = setup.clock().instant();
    Fingerprint now = dumpNow(rows);
    RestoreLoss loss =
        new RestoreLoss(
            entry.manifest().startedAt(),
            at,
            losses(backup, now, counted, rows),
            equalTables(backup, now),
            others(backup, now),
            ContentsDigest.of(now));
    return new Result(now, loss);
  }

  private Predicate<TableName> counted(Fingerprint backup) {
    if (backup.rows() <= MOST_ROWS) {
      return table -> true;
    }
    long audit =
        backup.tables().stream()
            .filter(table -> rules.isAudit(table.name()))
            .mapToLong(TableFingerprint::rows)
            .sum();
    return audit <= MOST_ROWS ? rules::isAudit : table -> false;
  }

  /** Null if no copy can be read, which is an obstacle that others tell of. */
  private @Nullable RowComparison backupRows(Predicate<TableName> counted) {
    RowComparison rows = new RowComparison(counted);
    try {
      CopyReading.read(restorer, entry, () -> new Both(rows.backup(), prefixes.backup()), remarks);
      return rows;
    } catch (BackupException e) {
      remarks.add("rows could not be compared one by one: " + e.getMessage());
      return null;
    }
  }

  private Fingerprint dumpNow(@Nullable RowComparison rows) {
    DumpInspector inspector = new DumpInspector();
    OutputStream later =
        rows == null ? OutputStream.nullOutputStream() : new Both(rows.later(), prefixes.later());
    setup.database().dumper().dump(DumpRequest.WHOLE, new Tee(inspector, later));
    DumpFindings findings = inspector.finish();
    if (!findings.whole()) {
      throw new DatabaseException(
          ErrorKind.DAMAGED,
          "unable to compare the database with the backup",
          "its dump " + String.join(", ", findings.defects()),
          "take a backup, which tells more");
    }
    return findings.fingerprint();
  }

  private List<TableLoss> losses(
      Fingerprint backup,
      Fingerprint now,
      Predicate<TableName> counted,
      @Nullable RowComparison rows) {
    List<TableLoss> losses = new ArrayList<>();
    for (TableName table : names(backup, now)) {
      TableFingerprint before = backup.table(table).orElse(null);
      TableFingerprint after = now.table(table).orElse(null);
      if (before == null || after == null || !before.sha256().equals(after.sha256())) {
        losses.add(
            new TableLoss(
                table,
                after == null ? 0 : after.rows(),
                before == null ? 0 : before.rows(),
                rows == null ? null : onlyLater(table, counted, rows),
                rows == null ? null : onlyBackup(table, counted, rows),
                rules.isAudit(table)));
      }
    }
    return losses;
  }

  private @Nullable Long onlyLater(
      TableName table, Predicate<TableName> counted, RowComparison rows) {
    if (counted.test(table)) {
      return rows.onlyLater(table);
    }
    return rules.isAudit(table) ? prefixes.onlyLater(table) : null;
  }

  private @Nullable Long onlyBackup(
      TableName table, Predicate<TableName> counted, RowComparison rows) {
    if (counted.test(table)) {
      return rows.onlyBackup(table);
    }
    return rules.isAudit(table) ? prefixes.onlyBackup(table) : null;
  }

  /** Partitioned tables have no rows of their own. */
  private static Set<TableName> names(Fingerprint backup, Fingerprint now) {
    Set<TableName> names = new TreeSet<>();
    for (Fingerprint each : List.of(backup, now)) {
      each.tables().stream()
          .filter(table -> table.kind() != TableKind.PARTITIONED)
          .forEach(table -> names.add(table.name()));
    }
    return names;
  }

  private static int equalTables(Fingerprint backup, Fingerprint now) {
    return (int)
        names(backup, now).stream()
            .filter(
                name ->
                    backup.table(name).map(TableFingerprint::sha256).isPresent()
                        && backup
                            .table(name)
                            .map(TableFingerprint::sha256)
                            .equals(now.table(name).map(TableFingerprint::sha256)))
            .count();
  }

  private static List<String> others(Fingerprint backup, Fingerprint now) {
    return backup.differencesTo(now).stream()
        .filter(line -> !line.startsWith("table "))
        .map(
            line ->
                line.startsWith("schema: ") ? "the schema (tables, columns, functions …)" : line)
        .toList();
  }

  /** Hands a dump to two. */
  private static final class Both extends OutputStream {
    private final OutputStream one;
    private final OutputStream other;

    Both(OutputStream one, OutputStream other) {
      this.one = one;
      this.other = other;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      one.write(bytes, offset, length);
      other.write(bytes, offset, length);
    }
  }

  /** Inspects a dump and hands it on. */
  private static final class Tee extends OutputStream {
    private final DumpInspector inspector;
    private final OutputStream further;

    Tee(DumpInspector inspector, OutputStream further) {
      this.inspector = inspector;
      this.further = further;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      inspector.accept(bytes, offset, length);
      further.write(bytes, offset, length);
    }
  }
}
