package com.conitrack.backup.storage.r2;

import com.conitrack.backup.testsupport.s3.S3Server;
import java.net.URI;

/** Storages on test servers. */
final class Storages {
  private Storages() {}

  static S3StorageBuilder at(S3Server server) {
    return at(server.endpoint());
  }

  /** With the least part size, so that tests of parts stay small. */
  static S3StorageBuilder at(URI endpoint) {
    return S3Storage.named("store")
        .endpoint(endpoint)
        .region(S3Server.REGION)
        .credentials(S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY)
        .pathStyle(true)
        .partBytes(5 * S3StorageBuilder.MEBIBYTE);
  }
}
