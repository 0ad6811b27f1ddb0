package com.conitrack.backup.core.production;

import com.conitrack.backup.core.dump.DumpRows;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.TableName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that were added to tables in which nothing else has changed, as is the rule for
 * audit tables: in a later dump they begin with the very rows of the backup, in order, so that one
 * digest for each table tells, and no row has to be held. First the backup's plain bytes go through
 * {@link #backup()}, then the later dump's through {@link #later}; {@link #others()} are the tables
 * that must be compared in another way. Not thread-safe.
 */
final class RowPrefixes {
  private final Predicate<TableName> wanted;
  private final Map<TableName, Rows> backupRows = new TreeMap<>();
  private final Map<TableName, Rows> laterRows = new TreeMap<>();

  RowPrefixes(Predicate<TableName> wanted) {
    this.wanted = wanted;
  }

  /** Takes the backup's plain dump. Asked for anew, it starts again. */
  OutputStream backup() {
    backupRows.clear();
    return new RowSink(
        DumpRows.abridged(
            wanted, (table, line, length) -> of(backupRows, table).add(table, line, length)));
  }

  /** Takes the later dump. */
  OutputStream later() {
    laterRows.clear();
    return new RowSink(
        DumpRows.abridged(
            wanted, (table, line, length) -> later(table, line, length, (t, l, n) -> {})));
  }

  /** Takes the later dump; {@code added} is told of rows that come after all of the backup's. */
  OutputStream later(DumpRows.Listener added) {
    laterRows.clear();
    return new RowSink(
        new DumpRows(wanted, (table, line, length) -> later(table, line, length, added)));
  }

  private void later(DumpRows.Copied table, byte[] line, int length, DumpRows.Listener added)
      throws IOException {
    Rows rows = of(laterRows, table);
    if (rows.count < rowsInBackup(table.name())) {
      rows.add(table, line, length);
      return;
    }
    rows.count++;
    if (isPrefix(table.name(), rows)) {
      added.row(table, line, length);
    }
  }

  private static Rows of(Map<TableName, Rows> all, DumpRows.Copied table) {
    return all.computeIfAbsent(table.name(), name -> new Rows());
  }

  private long rowsInBackup(TableName table) {
    Rows rows = backupRows.get(table);
    return rows == null ? 0 : rows.count;
  }

  private boolean isPrefix(TableName table, Rows later) {
    Rows rows = backupRows.get(table);
    return rows == null || later.count >= rows.count && later.sha256().equals(rows.sha256());
  }

  /** Tables of which the later dump has rows that the backup does not begin with. */
  Set<TableName> others() {
    Set<TableName> others = new TreeSet<>();
    laterRows.forEach(
        (table, rows) -> {
          if (!isPrefix(table, rows)) {
            others.add(table);
          }
        });
    return others;
  }

  /** How many rows only the later dump has, null where it takes another way to tell. */
  @Nullable Long onlyLater(TableName table) {
    Rows rows = laterRows.get(table);
    if (rows == null) {
      return 0L;
    }
    return isPrefix(table, rows) ? rows.count - rowsInBackup(table) : null;
  }

  /** How many rows only the backup has, null where it takes another way to tell. */
  @Nullable Long onlyBackup(TableName table) {
    Rows rows = laterRows.get(table);
    if (rows == null) {
      return rowsInBackup(table);
    }
    return isPrefix(table, rows) ? 0L : null;
  }

  /** Rows with the columns that they are of, until the digest is asked for. */
  private static final class Rows {
    private final MessageDigest digest = Sha256.newDigest();
    private DumpRows.@Nullable Copied last;
    private @Nullable Sha256 sha256;
    private long count;

    void add(DumpRows.Copied table, byte[] line, int length) {
      if (table != last) {
        last = table;
        table.columns().forEach(this::add);
      }
      DumpRows.digest(digest, line, length);
      digest.update((byte) '\n');
      count++;
    }

    private void add(String column) {
      digest.update(column.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }

    Sha256 sha256() {
      Sha256 known = sha256;
      if (known == null) {
        known = Sha256.from(digest);
        sha256 = known;
      }
      return known;
    }
  }
}
