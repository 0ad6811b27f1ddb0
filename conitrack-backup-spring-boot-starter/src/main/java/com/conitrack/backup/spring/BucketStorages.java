package com.conitrack.backup.spring;

import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.setup.SecretFile;
import com.conitrack.backup.spring.properties.ByteSize;
import com.conitrack.backup.spring.properties.StorageProperties;
import com.conitrack.backup.storage.r2.ObjectLockMode;
import com.conitrack.backup.storage.r2.R2Storage;
import com.conitrack.backup.storage.r2.R2Storage.Jurisdiction;
import com.conitrack.backup.storage.r2.S3Storage;
import com.conitrack.backup.storage.r2.S3StorageBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Storages in buckets at R2, S3 and stores like them. */
final class BucketStorages {
  private static final Map<String, Jurisdiction> JURISDICTIONS =
      Map.of("eu", Jurisdiction.EU, "fedramp", Jurisdiction.FEDRAMP);
  private static final Map<String, ObjectLockMode> LOCKS =
      Map.of("governance", ObjectLockMode.GOVERNANCE, "compliance", ObjectLockMode.COMPLIANCE);

  private final StorageSettings settings;
  private final StorageProperties given;
  private final S3StorageBuilder builder;

  private BucketStorages(StorageSettings settings, S3StorageBuilder builder) {
    this.settings = settings;
    this.given = settings.given();
    this.builder = builder;
  }

  static @Nullable BackupStorage r2(StorageSettings settings) {
    S3StorageBuilder builder = account(settings);
    if (builder == null) {
      return null;
    }
    String remedy = "write the id and secret of an API token for the bucket";
    if (settings.given().accessKeyId() == null && settings.given().accessKeyIdFile() == null) {
      settings.problems().add(settings.key("access-key-id"), "it is not given", remedy);
      return null;
    }
    return new BucketStorages(settings, builder).build();
  }

  private static @Nullable S3StorageBuilder account(StorageSettings settings) {
    String remedy = "write the account id, 32 hexadecimal digits, of the R2 overview page";
    String account = settings.required("account", settings.given().account(), remedy);
    Jurisdiction[] jurisdiction = {Jurisdiction.DEFAULT};
    settings.choose(
        "jurisdiction", settings.given().jurisdiction(), JURISDICTIONS, j -> jurisdiction[0] = j);
    S3StorageBuilder[] builder = new S3StorageBuilder[1];
    settings.apply(
        "account",
        account,
        id -> builder[0] = R2Storage.account(settings.name(), id, jurisdiction[0]),
        remedy);
    return builder[0];
  }

  static @Nullable BackupStorage s3(StorageSettings settings) {
    StorageProperties given = settings.given();
    S3StorageBuilder builder = S3Storage.named(settings.name());
    settings.apply(
        "endpoint", given.endpoint(), uri -> builder.endpoint(URI.create(uri)), "write https://…");
    if (given.region() == null && given.endpoint() == null) {
      String remedy = "write one such as eu-central-1, or an endpoint";
      settings.problems().add(settings.key("region"), "it is not given", remedy);
      return null;
    }
    settings.apply("region", given.region(), builder::region, "write one such as eu-central-1");
    settings.apply("path-style", given.pathStyle(), builder::pathStyle, "write true or false");
    settings.apply(
        "conditional-writes",
        given.conditionalWrites(),
        builder::conditionalWrites,
        "write true or false");
    settings.choose("lock", given.lock(), LOCKS, builder::objectLock);
    return new BucketStorages(settings, builder).build();
  }

  private @Nullable BackupStorage build() {
    String named = "write the name of a bucket that exists";
    String bucket = settings.required("bucket", given.bucket(), named);
    if (bucket == null) {
      return null;
    }
    settings.apply("bucket", bucket, builder::bucket, named);
    settings.apply("prefix", given.prefix(), builder::prefix, "write it like conitrack/production");
    settings.apply(
        "part-size",
        given.partSize(),
        (ByteSize size) -> builder.partBytes(size.bytes()),
        "write a size from 5MiB to 5GiB");
    settings.apply(
        "parts-in-flight", given.partsInFlight(), builder::partsInFlight, "write 1 to 32");
    credentials();
    BackupStorage[] built = new BackupStorage[1];
    settings.apply("bucket", bucket, ignored -> built[0] = builder.build(), named);
    return built[0];
  }

  private void credentials() {
    Supplier<String> id = secret("access-key-id", given.accessKeyId(), given.accessKeyIdFile());
    Supplier<String> secret =
        secret("secret-access-key", given.secretAccessKey(), given.secretAccessKeyFile());
    if ((id == null) != (secret == null)) {
      String missing = id == null ? "access-key-id" : "secret-access-key";
      String remedy = "give both, each as it is or in a file";
      settings.problems().add(settings.key(missing), "an access key has both", remedy);
    } else if (id != null && secret != null) {
      builder.credentials(id, secret);
    }
  }

  private @Nullable Supplier<String> secret(
      String key, @Nullable String value, @Nullable String file) {
    if (value != null && file != null) {
      String remedy = "keep one of them";
      settings.problems().add(settings.key(key + "-file"), key + " is given too", remedy);
    }
    if (value != null) {
      return () -> value;
    }
    if (file == null) {
      return null;
    }
    Supplier<char[]> content = SecretFile.at(Path.of(file));
    return () -> new String(content.get());
  }
}
