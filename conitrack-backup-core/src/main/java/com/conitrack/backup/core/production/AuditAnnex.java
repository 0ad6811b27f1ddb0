package com.conitrack.backup.core.production;

import com.conitrack.backup.core.dump.DumpRows;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.policy.RestoreRules;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Saves what a restore would erase of the audit tables: their rows that the safety backup has and
 * the backup to be restored has not, into every storage, as they are met. Used once.
 */
final class AuditAnnex {
  private static final String CSV_TYPE = "text/csv; charset=utf-8";
  private static final String JSON_LINES_TYPE = "application/x-ndjson";

  /** How many rows are held at once: an eighth of the heap, see {@link RowMultiset}. */
  private static final long MOST_ROWS =
      Math.max(100_000, Runtime.getRuntime().maxMemory() / 8 / 60);

  private static final int MOST_PARTS = 1_000;

  private final Setup setup;
  private final Restorer restorer;
  private final List<String> remarks;
  private final List<AnnexIndex.Table> tables = new ArrayList<>();
  private String prefix = "";
  private Predicate<TableName> erased = any -> true;
  private @Nullable Open open;

  AuditAnnex(Setup setup, Restorer restorer, List<String> remarks) {
    this.setup = setup;
    this.restorer = restorer;
    this.remarks = remarks;
  }

  /** Saves rows of these tables alone. */
  AuditAnnex only(Predicate<TableName> some) {
    erased = some;
    return this;
  }

  /** Where the index lies, what it says and its digest. */
  record Saved(String key, AnnexIndex index, Sha256 sha256) {}

  /**
   * Saves the rows.
   *
   * @param restore the restore's id
   * @throws BackupException if they could not be read whole, or no storage took them
   */
  Saved save(String restore, CatalogueEntry backup, CatalogueEntry safety) {
    prefix = "annex/" + safety.id() + "/";
    try {
      export(backup, safety);
      AnnexIndex index =
          new AnnexIndex(restore, backup.id(), safety.id(), setup.clock().instant(), tables);
      String key = prefix + "annex.json";
      put(key, index);
      return new Saved(key, index, Sha256.of(index.toJson()));
    } finally {
      if (open != null) {
        open.close();
      }
    }
  }

  /** Mostly rows were only added, which takes no memory; other tables take further readings. */
  private void export(CatalogueEntry backup, CatalogueEntry safety) {
    RestoreRules rules = setup.policy().restore();
    RowPrefixes prefixes = new RowPrefixes(table -> rules.isAudit(table) && erased.test(table));
    CopyReading.read(restorer, backup, prefixes::backup, remarks);
    readSafety(safety, () -> prefixes.later(this::row));
    Set<TableName> others = prefixes.others();
    int parts = others.isEmpty() ? 0 : parts(rows(backup, others));
    for (int part = 0; part < parts; part++) {
      RowComparison comparison = new RowComparison(others::contains, part, parts);
      CopyReading.read(restorer, backup, comparison::backup, remarks);
      readSafety(safety, () -> comparison.later(this::row));
    }
  }

  private static long rows(CatalogueEntry backup, Set<TableName> tables) {
    return backup.manifest().contents().tables().stream()
        .filter(table -> tables.contains(table.name()))
        .mapToLong(TableFingerprint::rows)
        .sum();
  }

  private static int parts(long rows) {
    return (int) Math.min(MOST_PARTS, Math.max(1, (rows + MOST_ROWS - 1) / MOST_ROWS));
  }

  private void readSafety(CatalogueEntry safety, Supplier<OutputStream> sink) {
    AtomicBoolean begun = new AtomicBoolean();
    CopyReading.read(restorer, safety, () -> later(sink, begun), remarks);
    finishOpen();
  }

  /** What was read of a copy that then failed has been written already. */
  private OutputStream later(Supplier<OutputStream> sink, AtomicBoolean begun) {
    if (begun.getAndSet(true)) {
      throw new BackupException(
          ErrorKind.DAMAGED,
          "unable to save the audit annex",
          "a copy of the safety backup could not be read whole: " + remarks,
          "look at the storages, then restore again");
    }
    return sink.get();
  }

  private void row(DumpRows.Copied table, byte[] line, int length) {
    Open current = open;
    if (current == null || current.table != table) {
      finishOpen();
      current = new Open(table);
      open = current;
    }
    current.add(CopyLine.values(table, line, length));
  }

  private void finishOpen() {
    Open finished = open;
    open = null;
    if (finished != null) {
      try (finished) {
        tables.add(finished.commit());
      }
    }
  }

  private void put(String key, AnnexIndex index) {
    try (AnnexFile file = file(key, ObjectAttributes.JSON)) {
      file.write(new String(index.toJson(), StandardCharsets.UTF_8));
      file.commit();
    }
  }

  private AnnexFile file(String key, ObjectAttributes attributes) {
    return new AnnexFile(key, attributes, setup.storages(), remarks);
  }

  /** The files of the table whose rows are passing. */
  private final class Open implements AutoCloseable {
    private final DumpRows.Copied table;
    private final AnnexFile csv;
    private final AnnexFile json;
    private long rows;

    Open(DumpRows.Copied table) {
      this.table = table;
      String key = prefix + String.format("%03d_", tables.size() + 1) + safe(table.name());
      csv = file(key + ".csv", new ObjectAttributes(CSV_TYPE, Map.of()));
      json = file(key + ".jsonl", new ObjectAttributes(JSON_LINES_TYPE, Map.of()));
      csv.write(String.join(",", table.columns().stream().map(AuditAnnex::quoted).toList()));
      csv.write("\r\n");
    }

    void add(List<@Nullable String> values) {
      StringBuilder line = new StringBuilder();
      StringBuilder object = new StringBuilder("{");
      for (int i = 0; i < values.size(); i++) {
        String value = values.get(i);
        line.append(i == 0 ? "" : ",").append(value == null ? "" : quoted(value));
        object.append(i == 0 ? "" : ",").append(json(table.columns().get(i))).append(':');
        object.append(value == null ? "null" : json(value));
      }
      csv.write(line.append("\r\n").toString());
      json.write(object.append("}\n").toString());
      rows++;
    }

    AnnexIndex.Table commit() {
      return new AnnexIndex.Table(table.name(), table.columns(), rows, csv.commit(), json.commit());
    }

    @Override
    public void close() {
      csv.close();
      json.close();
    }
  }

  /** An empty text is quoted, as NULL is not. */
  private static String quoted(String value) {
    boolean plain = !value.isEmpty() && value.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }

  private static String json(String value) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(value)) + '"';
  }

  /** A table's name as part of a key; the number before it keeps two from being the same. */
  private static String safe(TableName table) {
    String text = (table.schema() + "." + table.name()).replaceAll("[^A-Za-z0-9._-]", "_");
    return text.substring(0, Math.min(120, text.length()));
  }
}
