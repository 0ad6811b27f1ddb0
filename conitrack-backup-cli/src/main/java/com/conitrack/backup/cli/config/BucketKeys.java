package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.setup.SecretFile;
import com.conitrack.backup.storage.r2.S3StorageBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The keys that all buckets have. */
final class BucketKeys {
  static final List<String> CREDENTIALS =
      List.of("access-key-id", "access-key-id-file", "secret-access-key", "secret-access-key-file");
  private static final List<String> OTHERS =
      List.of("bucket", "prefix", "part-size", "parts-in-flight");

  private final Section storage;
  private final S3StorageBuilder builder;
  private boolean bucketGiven;

  BucketKeys(Section storage, S3StorageBuilder builder) {
    this.storage = storage;
    this.builder = builder;
  }

  static List<String> with(String... own) {
    List<String> all = new ArrayList<>(OTHERS);
    all.addAll(CREDENTIALS);
    all.addAll(List.of(own));
    return List.copyOf(all);
  }

  void read() {
    bucketGiven = apply("bucket", builder::bucket, "write the name of a bucket that exists");
    if (!storage.has("bucket")) {
      storage.problem("bucket", "no bucket is given", "write the name of a bucket that exists");
    }
    apply("prefix", builder::prefix, "write it like conitrack/production");
    readCredentials();
    readParts();
  }

  /** Gives a value to the builder, which may refuse it; returns whether it took it. */
  boolean apply(String key, Consumer<String> setting, String remedy) {
    Scalar value = storage.scalar(key);
    if (value == null) {
      return false;
    }
    try {
      setting.accept(value.value());
      return true;
    } catch (IllegalArgumentException e) {
      // Its own message shows the value, which may have come out of a variable; an address may hold
      // a password even as it is written.
      String shown = key.equals("endpoint") ? "the address" : value.quoted();
      storage.problem(key, value, shown + " cannot be used here", remedy);
      return false;
    }
  }

  /** Null if something is wrong, which is then among the problems. */
  @Nullable StorageConfig config(String name, String type, String place) {
    if (!bucketGiven) {
      return null;
    }
    String prefix = storage.text("prefix");
    String location =
        storage.text("bucket") + (prefix == null ? "" : "/" + prefix) + " at " + place;
    return new StorageConfig(name, type, location, builder::build);
  }

  private void readCredentials() {
    Supplier<String> id = secret("access-key-id", "access-key-id-file");
    Supplier<String> secret = secret("secret-access-key", "secret-access-key-file");
    if ((id == null) != (secret == null)) {
      storage.problem(
          id == null ? "access-key-id" : "secret-access-key",
          "an access key has an id and a secret, and one is missing",
          "give both, each as it is or in a file");
    } else if (id != null && secret != null) {
      builder.credentials(id, secret);
    }
  }

  private @Nullable Supplier<String> secret(String key, String fileKey) {
    String given = storage.text(key);
    Path file = storage.file(fileKey);
    if (given != null && file != null) {
      storage.problem(fileKey, "it is given by " + key + " already", "keep one of them");
    }
    if (given != null) {
      return () -> given;
    }
    if (file == null) {
      return null;
    }
    Supplier<char[]> content = SecretFile.at(file);
    return () -> new String(content.get());
  }

  private void readParts() {
    Long bytes = storage.bytes("part-size");
    if (bytes != null) {
      apply("part-size", text -> builder.partBytes(bytes), "write a size from 5MiB to 5GiB");
    }
    Integer count = storage.number("parts-in-flight");
    if (count != null) {
      apply("parts-in-flight", text -> builder.partsInFlight(count), "write a number from 1 to 32");
    }
  }
}
