package com.conitrack.backup.cli.config;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of storage there are. */
final class StorageTypes {
  private static final List<StorageType> ALL =
      List.of(new FilesystemType(), new R2Type(), new S3Type(), new GcsType());

  private StorageTypes() {}

  static List<StorageType> all() {
    return ALL;
  }

  static Map<String, StorageType> byName() {
    return ALL.stream().collect(Collectors.toMap(StorageType::name, Function.identity()));
  }
}
