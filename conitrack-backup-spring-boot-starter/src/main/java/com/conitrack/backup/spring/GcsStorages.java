package com.conitrack.backup.spring;

import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.spring.properties.StorageProperties;
import com.conitrack.backup.storage.gcs.GcsStorage;
import com.conitrack.backup.storage.gcs.GcsStorage.RetentionMode;
import com.conitrack.backup.storage.gcs.GcsStorageBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Storages in buckets of Google Cloud Storage. */
final class GcsStorages {
  private static final Map<String, RetentionMode> MODES =
      Map.of("unlocked", RetentionMode.UNLOCKED, "locked", RetentionMode.LOCKED);

  private GcsStorages() {}

  static @Nullable BackupStorage make(StorageSettings settings) {
    StorageProperties given = settings.given();
    GcsStorageBuilder builder = bucket(settings);
    if (builder == null) {
      return null;
    }
    settings.apply("prefix", given.prefix(), builder::prefix, "write it like production");
    settings.apply(
        "endpoint",
        given.endpoint(),
        text -> builder.endpoint(URI.create(text)),
        "write scheme, host and port alone: https://storage.example:443");
    settings.apply(
        "credentials-file",
        given.credentialsFile(),
        file -> builder.credentialsFile(Path.of(file)),
        "name a service account's key file");
    settings.apply("project", given.project(), builder::project, "write the project's id");
    settings.choose("retention", given.retention(), MODES, builder::retention);
    BackupStorage[] built = new BackupStorage[1];
    settings.apply("endpoint", builder, made -> built[0] = made.build(), "use an https endpoint");
    return built[0];
  }

  private static @Nullable GcsStorageBuilder bucket(StorageSettings settings) {
    String remedy = "give the bucket's name alone, without gs://";
    String bucket = settings.required("bucket", settings.given().bucket(), remedy);
    GcsStorageBuilder[] builder = new GcsStorageBuilder[1];
    settings.apply(
        "bucket", bucket, name -> builder[0] = GcsStorage.in(settings.name(), name), remedy);
    return builder[0];
  }
}
