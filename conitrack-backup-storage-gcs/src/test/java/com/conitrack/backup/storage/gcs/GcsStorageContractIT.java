package com.conitrack.backup.storage.gcs;

import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.testsupport.gcs.GcsServer;
import com.conitrack.backup.testsupport.storage.BackupStorageContract;
import org.junit.jupiter.api.AfterEach;

/** The promises of every storage, over HTTP, below a prefix of a bucket that others use too. */
class GcsStorageContractIT extends BackupStorageContract {
  private final GcsServer server = GcsServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Override
  protected BackupStorage emptyStorage() {
    server.bucket("backups").put("aaa", new byte[1], null);
    server.bucket("backups").put("production-of-another/object", new byte[1], null);
    server.bucket("backups").put("zzz", new byte[1], null);
    return sameStorageAgain();
  }

  @Override
  protected BackupStorage sameStorageAgain() {
    return GcsStorage.in("gcs", "backups")
        .prefix("production")
        .endpoint(server.uri())
        .withoutCredentials()
        .partBytes(1024 * 1024)
        .build();
  }
}
