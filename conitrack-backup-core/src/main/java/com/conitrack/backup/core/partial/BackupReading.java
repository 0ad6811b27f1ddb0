package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.RestoreOptions;
import com.conitrack.backup.core.port.TableTransaction;
import com.conitrack.backup.core.restore.Restorer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Reads a backup from the first of its copies that proves good while it is read: what was made of
 * one that does not is thrown away.
 */
final class BackupReading {
  private static final RestoreOptions OPTIONS = RestoreOptions.whole(Duration.ofDays(1));

  private final Restorer restorer;
  private final CatalogueEntry entry;
  private final List<String> remarks;

  /**
   * @param remarks is given what a person should know of the copies
   */
  BackupReading(Restorer restorer, CatalogueEntry entry, List<String> remarks) {
    this.restorer = restorer;
    this.entry = entry;
    this.remarks = remarks;
  }

  /** How its tables are defined. */
  BackupTables tables() {
    BackupTables tables = new BackupTables();
    read(tables::reading);
    return tables;
  }

  /**
   * Reads it whole.
   *
   * @param sinks gives the sink for each copy that is tried
   */
  void read(Supplier<? extends OutputStream> sinks) {
    DatabaseRestorer reader =
        (body, options) -> {
          try {
            body.writeTo(sinks.get());
            return List.of();
          } catch (IOException | BackupException e) {
            throw unread(e);
          }
        };
    restorer.pour(entry, reader, OPTIONS, remarks);
  }

  private DatabaseException unread(Exception e) {
    return new DatabaseException(
        ErrorKind.IO,
        "unable to read the dump of '" + entry.id() + "'",
        String.valueOf(e.getMessage()),
        null,
        e);
  }

  /**
   * Loads the rows of tables into a transaction.
   *
   * @return the storage they came from
   */
  String load(Predicate<TableName> wanted, TableTransaction transaction) {
    DatabaseRestorer loader =
        (body, options) -> {
          transaction.load(
              sink -> {
                RowPump pump = new RowPump(wanted, sink);
                body.writeTo(pump);
                pump.finish();
              });
          return List.of();
        };
    return restorer.pour(entry, loader, OPTIONS, remarks).storage();
  }
}
