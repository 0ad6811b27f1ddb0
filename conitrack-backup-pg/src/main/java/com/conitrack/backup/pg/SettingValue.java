package com.conitrack.backup.pg;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes a stored setting as {@code SET} takes it. Lists of names are stored with each name in
 * quotes where it needs them, and must be taken apart again (PostgreSQL source, {@code
 * GUC_LIST_QUOTE}).
 */
final class SettingValue {
  private static final Set<String> LISTS_OF_NAMES =
      Set.of(
          "local_preload_libraries",
          "oauth_validator_libraries",
          "search_path",
          "session_preload_libraries",
          "shared_preload_libraries",
          "temp_tablespaces",
          "unix_socket_directories");

  private static final Pattern NAME = Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")*)\"|([^,]*))");

  private SettingValue() {}

  /** A parameter's name; extensions' have two parts. */
  static String parameter(String name) {
    return Arrays.stream(name.split("\\.", -1))
        .map(Sql::identifier)
        .collect(Collectors.joining("."));
  }

  static String of(String parameter, String stored) {
    return LISTS_OF_NAMES.contains(parameter)
        ? names(stored).stream().map(Sql::literal).collect(Collectors.joining(", "))
        : Sql.literal(stored);
  }

  private static List<String> names(String list) {
    List<String> names = new ArrayList<>();
    Matcher each = NAME.matcher(list);
    int at = 0;
    do {
      each.region(at, list.length());
      if (!each.lookingAt()) {
        break;
      }
      String quoted = each.group(1);
      names.add(quoted != null ? quoted.replace("\"\"", "\"") : each.group(2).strip());
      at = list.indexOf(',', each.end()) + 1;
    } while (at > 0);
    return names;
  }
}
