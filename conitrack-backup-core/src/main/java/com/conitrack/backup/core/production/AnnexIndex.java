package com.conitrack.backup.core.production;

import com.conitrack.backup.core.json.RecordDocument;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.TableName;
import java.time.Instant;
import java.util.List;

/**
 * What was saved of the audit tables before a restore: rows that were in the database and are not
 * in the backup. It lies in every storage as {@code annex.json} beside the files it lists.
 *
 * @param restore the restore's id
 * @param backup the backup that was restored
 * @param safetyBackup the backup taken right before, from which the rows were read
 * @param createdAt when
 * @param tables those with such rows, by name; other audit tables had none
 */
public record AnnexIndex(
    String restore, BackupId backup, BackupId safetyBackup, Instant createdAt, List<Table> tables) {
  private static final RecordDocument<AnnexIndex> DOCUMENT =
      new RecordDocument<>("conitrack-audit-annex", 1, AnnexIndex.class, "the audit annex");

  public AnnexIndex {
    tables = List.copyOf(tables);
  }

  /**
   * One table's rows.
   *
   * @param table the table
   * @param columns its columns in the order of the files
   * @param rows how many rows
   * @param csv CSV (RFC 4180) with a heading; NULL is nothing, an empty text is {@code ""}
   * @param jsonLines one JSON object a line, values as texts or null
   */
  public record Table(TableName table, List<String> columns, long rows, File csv, File jsonLines) {
    public Table {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A file.
   *
   * @param key its key in every storage
   * @param content its size and digest
   */
  public record File(String key, ByteDigest content) {}

  /** Rows of all tables. */
  public long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }

  /** The index as UTF-8, ending with a newline. */
  public byte[] toJson() {
    return DOCUMENT.write(this);
  }

  /** Reads an index; failures as {@link RecordDocument#read}. */
  public static AnnexIndex read(byte[] json) {
    return DOCUMENT.read(json);
  }
}
