package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.model.Trigger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The names of settings in the core, as the file spells them. */
final class PolicyPaths {
  private static final Map<String, String> RENAMED =
      Map.of(
          "verificationLevel", "verification",
          "minimumTableRows", "minimum-rows",
          "tableShrink", "greatest-table-shrink");

  private PolicyPaths() {}

  /** {@code content.minimumTables} becomes {@code content.minimum-tables}. */
  static String inFile(String setting) {
    return Arrays.stream(setting.split("\\.", -1))
        .map(PolicyPaths::word)
        .collect(Collectors.joining("."));
  }

  private static String word(String word) {
    String renamed = RENAMED.get(word);
    if (renamed != null) {
      return renamed;
    }
    boolean trigger = Arrays.stream(Trigger.values()).anyMatch(t -> t.name().equals(word));
    return trigger
        ? ConfigKeys.of(Trigger.valueOf(word))
        : word.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
