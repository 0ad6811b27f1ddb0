package com.conitrack.backup.storage.r2;

import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.testsupport.s3.S3Server;
import com.conitrack.backup.testsupport.storage.BackupStorageContract;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * As on a store without conditional writes: s3mock knows them, but looks and writes in two steps,
 * so that of racing writers several can win.
 */
class S3MockContractIT extends BackupStorageContract {
  private static S3Server server;
  private String bucket;

  @BeforeAll
  static void start() {
    server = S3Server.s3Mock();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Override
  protected BackupStorage emptyStorage() {
    bucket = server.newBucket();
    return sameStorageAgain();
  }

  @Override
  protected BackupStorage sameStorageAgain() {
    return Storages.at(server).bucket(bucket).conditionalWrites(false).build();
  }
}
