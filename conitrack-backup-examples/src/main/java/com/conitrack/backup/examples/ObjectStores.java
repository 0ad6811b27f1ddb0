package com.conitrack.backup.examples;

import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.storage.r2.ObjectLockMode;
import com.conitrack.backup.storage.r2.R2Storage;
import com.conitrack.backup.storage.r2.S3Storage;
import java.util.function.Supplier;

/** Buckets as storages; the README shows them. */
public final class ObjectStores {
  private ObjectStores() {}

  /** A bucket at Cloudflare R2. */
  public static BackupStorage r2(String accountId, String accessKeyId, Supplier<String> secret) {
    // README: r2
    S3Storage r2 =
        R2Storage.account("r2", accountId)
            .bucket("conitrack-backups")
            .prefix("production")
            .credentials(() -> accessKeyId, secret)
            .build();
    // README: end
    return r2;
  }

  /** A bucket at Amazon S3 that was made with Object Lock; credentials are the environment's. */
  public static BackupStorage locked() {
    // README: s3-lock
    S3Storage vault =
        S3Storage.named("vault")
            .region("eu-central-1")
            .bucket("conitrack-vault")
            .objectLock(ObjectLockMode.COMPLIANCE)
            .build();
    // README: end
    return vault;
  }
}
