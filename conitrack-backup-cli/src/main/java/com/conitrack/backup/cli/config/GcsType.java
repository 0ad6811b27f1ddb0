package com.conitrack.backup.cli.config;

import com.conitrack.backup.storage.gcs.GcsStorage;
import com.conitrack.backup.storage.gcs.GcsStorage.RetentionMode;
import com.conitrack.backup.storage.gcs.GcsStorageBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A bucket of Google Cloud Storage. */
final class GcsType implements StorageType {
  private static final Map<String, RetentionMode> MODES =
      Map.of("unlocked", RetentionMode.UNLOCKED, "locked", RetentionMode.LOCKED);

  @Override
  public String name() {
    return "gcs";
  }

  @Override
  public List<String> keys() {
    return List.of("bucket", "prefix", "credentials-file", "project", "endpoint", "retention");
  }

  @Override
  public @Nullable StorageConfig read(Section storage, String name) {
    GcsStorageBuilder builder = bucket(storage, name);
    // Read although there may be no bucket: what is wrong with them is told all the same.
    Scalar prefix = storage.scalar("prefix");
    Scalar endpoint = storage.scalar("endpoint");
    Path credentials = storage.file("credentials-file");
    String project = storage.text("project");
    RetentionMode retention = storage.choice("retention", MODES);
    if (builder == null) {
      return null;
    }
    apply(storage, "prefix", prefix, builder::prefix);
    apply(storage, "endpoint", endpoint, text -> builder.endpoint(URI.create(text)));
    if (credentials != null) {
      builder.credentialsFile(credentials);
    }
    if (project != null) {
      builder.project(project);
    }
    if (retention != null) {
      builder.retention(retention);
    }
    return built(storage, name, builder);
  }

  private static @Nullable GcsStorageBuilder bucket(Section storage, String name) {
    Scalar bucket = storage.scalar("bucket");
    if (bucket == null) {
      if (!storage.has("bucket")) {
        storage.problem("bucket", "no bucket is given", "write bucket: my-backups");
      }
      return null;
    }
    try {
      return GcsStorage.in(name, bucket.value());
    } catch (IllegalArgumentException e) {
      String remedy = "give the bucket's name alone, without gs://";
      storage.problem("bucket", bucket, bucket.quoted() + " is no bucket's name", remedy);
      return null;
    }
  }

  private static void apply(
      Section storage, String key, @Nullable Scalar scalar, Consumer<String> setter) {
    if (scalar == null) {
      return;
    }
    try {
      setter.accept(scalar.value());
    } catch (IllegalArgumentException e) {
      String remedy =
          key.equals("endpoint")
              ? "write scheme, host and port alone: https://storage.example:443"
              : "write it like production or site-a/production";
      storage.problem(key, scalar, scalar.quoted() + " cannot be used here", remedy);
    }
  }

  private @Nullable StorageConfig built(Section storage, String name, GcsStorageBuilder builder) {
    try {
      GcsStorage made = builder.build();
      return new StorageConfig(name, name(), made.info().location(), () -> made);
    } catch (IllegalArgumentException e) {
      storage.problem("endpoint", "credentials would be sent readable", "use an https endpoint");
      return null;
    }
  }
}
