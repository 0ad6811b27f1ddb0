package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.LeftOut;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.RestoreOptions;
import com.conitrack.backup.core.restore.Restorer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Reads the plain dump of a proved copy without restoring it. */
final class CopyReading {
  private static final Duration LIMIT = Duration.ofDays(1);

  private CopyReading() {}

  /**
   * Reads it whole.
   *
   * @param sinks gives the sink to write to, anew for each copy that is tried
   * @throws BackupException if no copy proved good on the way
   */
  static void read(
      Restorer restorer,
      CatalogueEntry entry,
      Supplier<? extends OutputStream> sinks,
      List<String> remarks) {
    read(restorer, entry, sinks, LeftOut.NOTHING, remarks);
  }

  /** What a database holds that the backup was loaded into without some of it. */
  static Fingerprint contents(
      Restorer restorer, CatalogueEntry entry, LeftOut leftOut, List<String> remarks) {
    return leftOut.isNothing()
        ? entry.manifest().contents()
        : read(restorer, entry, OutputStream::nullOutputStream, leftOut, remarks);
  }

  private static Fingerprint read(
      Restorer restorer,
      CatalogueEntry entry,
      Supplier<? extends OutputStream> sinks,
      LeftOut leftOut,
      List<String> remarks) {
    DatabaseRestorer reader =
        (body, options) -> {
          OutputStream sink = sinks.get();
          try {
            body.writeTo(sink);
            return List.of();
          } catch (IOException | BackupException e) {
            String what = "unable to read the dump of '" + entry.id() + "'";
            String why = String.valueOf(e.getMessage());
            throw new DatabaseException(ErrorKind.IO, what, why, null, e);
          }
        };
    RestoreOptions options = RestoreOptions.whole(LIMIT).without(leftOut);
    return restorer.pour(entry, reader, options, remarks).contents();
  }
}
