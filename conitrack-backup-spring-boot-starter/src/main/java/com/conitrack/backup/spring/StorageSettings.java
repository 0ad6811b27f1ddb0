package com.conitrack.backup.spring;

import com.conitrack.backup.spring.properties.StorageProperties;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one storage.
 *
 * @param path where they stand, {@code storages[0]}
 * @param name the storage's name
 * @param given what is set
 * @param problems where to tell what is wrong
 */
record StorageSettings(
    String path, String name, StorageProperties given, SettingProblems problems) {

  String key(String own) {
    return path + "." + own;
  }

  /** The value, or null and a problem if there is none. */
  @Nullable String required(String own, @Nullable String value, String remedy) {
    if (value == null || value.isBlank()) {
      problems.add(key(own), "it is not given", remedy);
      return null;
    }
    return value;
  }

  <T extends Object> void apply(String own, @Nullable T value, Consumer<T> setter, String remedy) {
    problems.apply(key(own), value, setter, remedy);
  }

  /** Gives the setter one of a few words' meanings. */
  <T extends Object> void choose(
      String own, @Nullable String word, Map<String, T> choices, Consumer<T> setter) {
    if (word == null) {
      return;
    }
    T chosen = choices.get(word);
    if (chosen == null) {
      String all = String.join(", ", new TreeSet<>(choices.keySet()));
      problems.add(key(own), "'" + word + "' is not known here", "choose one of: " + all);
    } else {
      setter.accept(chosen);
    }
  }
}
