package com.conitrack.backup.cli.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A kind of storage that can be configured. To add one, implement this and register it. */
interface StorageType {
  /** What {@code type:} says. */
  String name();

  /** Its keys besides {@code name} and {@code type}. */
  List<String> keys();

  /**
   * Reads its keys.
   *
   * @param storage the section, whose keys are known to be its own
   * @param name the storage's name
   * @return null if something is wrong, which is then among the problems
   */
  @Nullable StorageConfig read(Section storage, String name);
}
