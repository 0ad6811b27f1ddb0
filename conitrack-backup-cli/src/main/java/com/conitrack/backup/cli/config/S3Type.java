package com.conitrack.backup.cli.config;

import com.conitrack.backup.storage.r2.ObjectLockMode;
import com.conitrack.backup.storage.r2.S3Storage;
import com.conitrack.backup.storage.r2.S3StorageBuilder;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bucket at Amazon S3 or at a store that speaks its protocol. */
final class S3Type implements StorageType {
  private static final Map<String, ObjectLockMode> LOCKS =
      Map.of("governance", ObjectLockMode.GOVERNANCE, "compliance", ObjectLockMode.COMPLIANCE);

  @Override
  public String name() {
    return "s3";
  }

  @Override
  public List<String> keys() {
    return BucketKeys.with("endpoint", "region", "path-style", "conditional-writes", "lock");
  }

  @Override
  public @Nullable StorageConfig read(Section storage, String name) {
    S3StorageBuilder builder = S3Storage.named(name);
    BucketKeys keys = new BucketKeys(storage, builder);
    keys.read();
    keys.apply("endpoint", uri -> builder.endpoint(URI.create(uri)), "write https://host");
    String region = storage.text("region");
    if (region != null) {
      builder.region(region);
    } else if (!storage.has("endpoint") && !storage.has("region")) {
      storage.problem("region", "no region is given", "write region: eu-central-1, or an endpoint");
    }
    readFlags(storage, builder);
    String endpoint = storage.text("endpoint");
    return keys.config(name, name(), endpoint == null ? "Amazon S3" : endpoint);
  }

  private static void readFlags(Section storage, S3StorageBuilder builder) {
    Boolean pathStyle = storage.flag("path-style");
    if (pathStyle != null) {
      builder.pathStyle(pathStyle);
    }
    Boolean conditional = storage.flag("conditional-writes");
    if (conditional != null) {
      builder.conditionalWrites(conditional);
    }
    ObjectLockMode lock = storage.choice("lock", LOCKS);
    if (lock != null) {
      builder.objectLock(lock);
    }
  }
}
