package com.conitrack.backup.examples;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.storage.gcs.GcsStorage;
import java.nio.file.Path;

/** Backups in a bucket of Google Cloud Storage; the README shows it. */
public final class InGoogleCloudStorage {
  private InGoogleCloudStorage() {}

  /**
   * A library that keeps the backups of {@code database} in bucket {@code conitrack-backups}.
   *
   * @param keyFile the key file of a service account that may use the bucket's objects
   */
  public static ConitrackBackup of(Database database, Path keyFile) {
    // README: gcs
    GcsStorage storage =
        GcsStorage.in("gcs", "conitrack-backups")
            .prefix("production")
            .credentialsFile(keyFile)
            .build();

    return ConitrackBackup.builder().database(database).storage(storage).build();
    // README: end
  }
}
