package com.conitrack.backup.cli.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code storages}. */
final class StoragesReader {
  private static final String NAME = "[a-z0-9][a-z0-9-]{0,39}";

  private final Set<String> names = new HashSet<>();

  List<StorageConfig> read(Section top) {
    List<StorageConfig> storages = new ArrayList<>();
    for (Section storage : top.sections("storages")) {
      StorageConfig read = readOne(storage);
      if (read != null) {
        storages.add(read);
      }
    }
    if (!top.has("storages") || top.isEmptyList("storages")) {
      String remedy = "list at least one below 'storages:', with name, type and path";
      top.problem("storages", "no storage is given", remedy);
    }
    return storages;
  }

  private @Nullable StorageConfig readOne(Section storage) {
    String name = name(storage);
    StorageType type = type(storage);
    if (type == null) {
      return null;
    }
    List<String> known = new ArrayList<>(ConfigKeys.STORAGE);
    known.addAll(type.keys());
    storage.allowOnly(known);
    return type.read(storage, name == null ? "unnamed" : name);
  }

  private @Nullable String name(Section storage) {
    Scalar scalar = storage.scalar("name");
    if (scalar == null) {
      if (!storage.has("name")) {
        storage.problem("name", "the storage has no name", "write name: nas");
      }
      return null;
    }
    String name = scalar.value();
    if (!name.matches(NAME)) {
      String remedy = "use up to 40 lower-case letters, digits and '-'";
      storage.problem("name", scalar, scalar.quoted() + " is no name for a storage", remedy);
      return null;
    }
    if (!names.add(name)) {
      storage.problem("name", scalar, "two storages are called '" + name + "'", "rename one");
    }
    return name;
  }

  private static @Nullable StorageType type(Section storage) {
    if (!storage.has("type")) {
      String remedy = "write type: " + String.join(" or ", StorageTypes.byName().keySet());
      storage.problem("type", "the storage has no type", remedy);
    }
    return storage.choice("type", StorageTypes.byName());
  }
}
