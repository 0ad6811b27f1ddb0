package com.conitrack.backup.core.policy;

import com.conitrack.backup.core.model.Trigger;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The names of settings in Java, as configuration files spell them. */
final class SettingKeys {
  private static final Map<String, String> RENAMED =
      Map.of(
          "verificationLevel", "verification",
          "minimumTableRows", "minimum-rows",
          "tableShrink", "greatest-table-shrink");

  private SettingKeys() {}

  /** {@code content.minimumTables} becomes {@code content.minimum-tables}. */
  static String of(String setting) {
    return Arrays.stream(setting.split("\\.", -1))
        .map(SettingKeys::word)
        .collect(Collectors.joining("."));
  }

  private static String word(String word) {
    String renamed = RENAMED.get(word);
    if (renamed != null) {
      return renamed;
    }
    boolean trigger = Arrays.stream(Trigger.values()).anyMatch(t -> t.name().equals(word));
    return trigger
        ? word.toLowerCase(Locale.ROOT).replace('_', '-')
        : word.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
