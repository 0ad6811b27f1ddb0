package com.conitrack.backup.core.production;

import com.conitrack.backup.core.dump.DumpRows;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.TableName;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Compares the rows of chosen tables in a backup with those in a later dump, as multisets of whole
 * rows: first the backup's plain bytes go through {@link #backup()}, then the later dump's through
 * {@link #later}. Where a table's columns are no longer those of the backup, every later row counts
 * as different. Memory: see {@link RowMultiset}; only rows of the backup are held. Not thread-safe.
 */
final class RowComparison {
  private final Predicate<TableName> wanted;
  private final Map<TableName, RowMultiset> backupRows = new TreeMap<>();
  private final Map<TableName, Long> onlyLater = new TreeMap<>();
  private final MessageDigest digest = Sha256.newDigest();

  private final int part;
  private final int parts;

  RowComparison(Predicate<TableName> wanted) {
    this(wanted, 0, 1);
  }

  /**
   * Compares only a part of the rows, by their digests, so that all take several passes and a part
   * of the memory.
   *
   * @param part from 0 to {@code parts - 1}
   */
  RowComparison(Predicate<TableName> wanted, int part, int parts) {
    this.wanted = wanted;
    this.part = part;
    this.parts = parts;
  }

  /** Takes the backup's plain dump. Asked for anew, it starts again. */
  OutputStream backup() {
    backupRows.clear();
    return new RowSink(
        DumpRows.abridged(
            wanted,
            (table, line, length) -> {
              byte[] sha = sha(table, line, length);
              if (concerns(sha)) {
                rowsOf(table.name()).add(sha);
              }
            }));
  }

  /** Takes the later dump. */
  OutputStream later() {
    return new RowSink(
        DumpRows.abridged(wanted, (table, line, length) -> isLater(table, line, length)));
  }

  /** Takes the later dump; {@code added} is told of rows that the backup does not have. */
  OutputStream later(DumpRows.Listener added) {
    return new RowSink(
        new DumpRows(
            wanted,
            (table, line, length) -> {
              if (isLater(table, line, length)) {
                added.row(table, line, length);
              }
            }));
  }

  private boolean isLater(DumpRows.Copied table, byte[] line, int length) {
    byte[] sha = sha(table, line, length);
    boolean later = concerns(sha) && !rowsOf(table.name()).remove(sha);
    if (later) {
      onlyLater.merge(table.name(), 1L, Long::sum);
    }
    return later;
  }

  /** By bits that {@link RowMultiset} does not look at. */
  private boolean concerns(byte[] sha) {
    return parts == 1
        || Math.floorMod(ByteBuffer.wrap(sha).getInt(sha.length - Integer.BYTES), parts) == part;
  }

  private RowMultiset rowsOf(TableName table) {
    return backupRows.computeIfAbsent(table, name -> new RowMultiset());
  }

  private byte[] sha(DumpRows.Copied table, byte[] line, int length) {
    for (String column : table.columns()) {
      digest.update(column.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    DumpRows.digest(digest, line, length);
    return digest.digest();
  }

  /** How many rows of a table only the later dump has. */
  long onlyLater(TableName table) {
    return onlyLater.getOrDefault(table, 0L);
  }

  /** How many rows of a table only the backup has. */
  long onlyBackup(TableName table) {
    RowMultiset rows = backupRows.get(table);
    return rows == null ? 0 : rows.rows();
  }
}
