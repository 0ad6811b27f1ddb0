package com.conitrack.backup.spring;

import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.spring.properties.StorageProperties;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Storages out of the settings. */
final class StorageFactory {
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,39}";

  private final SettingProblems problems;
  private final Set<String> names = new HashSet<>();

  StorageFactory(SettingProblems problems) {
    this.problems = problems;
  }

  List<BackupStorage> make(List<StorageProperties> all) {
    List<BackupStorage> made = new ArrayList<>();
    for (int index = 0; index < all.size(); index++) {
      BackupStorage storage = make("storages[" + index + "]", all.get(index));
      if (storage != null) {
        made.add(storage);
      }
    }
    return made;
  }

  private @Nullable BackupStorage make(String key, StorageProperties storage) {
    String type = storage.type();
    if (type == null) {
      problems.add(key + ".type", "the storage has no type", "write filesystem, r2, s3 or gcs");
      return null;
    }
    String name = storage.name() == null ? type : storage.name();
    StorageSettings settings = new StorageSettings(key, name, storage, problems);
    if (!requireName(key, name)) {
      return null;
    }
    return switch (type) {
      case "filesystem" ->
          present(Adapter.FILESYSTEM, settings) ? FilesystemStorages.make(settings) : null;
      case "r2" -> present(Adapter.S3, settings) ? BucketStorages.r2(settings) : null;
      case "s3" -> present(Adapter.S3, settings) ? BucketStorages.s3(settings) : null;
      case "gcs" -> present(Adapter.GCS, settings) ? GcsStorages.make(settings) : null;
      default -> {
        problems.add(
            key + ".type",
            "'" + type + "' is not known here",
            "choose one of: filesystem, gcs, r2, s3");
        yield null;
      }
    };
  }

  private boolean requireName(String key, String name) {
    if (!name.matches(NAME)) {
      String remedy = "use up to 40 lower-case letters, digits and '-'";
      problems.add(key + ".name", "'" + name + "' is no name for a storage", remedy);
      return false;
    }
    if (!names.add(name)) {
      problems.add(key + ".name", "two storages are called '" + name + "'", "give each a name");
      return false;
    }
    return true;
  }

  private boolean present(Adapter adapter, StorageSettings settings) {
    boolean present = adapter.present();
    if (!present) {
      String type = settings.given().type();
      adapter.tellAbsent(settings.key("type"), type == null ? "" : type, problems);
    }
    return present;
  }
}
