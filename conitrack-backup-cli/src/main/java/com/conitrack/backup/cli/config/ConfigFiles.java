package com.conitrack.backup.cli.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where the configuration file is looked for. */
public final class ConfigFiles {
  /** The variable that names the file. */
  public static final String VARIABLE = "CONITRACK_BACKUP_CONFIG";

  private ConfigFiles() {}

  /**
   * The file to use: the one named, else the one the variable names, else the first of the usual
   * ones that exists.
   *
   * @param named what the command line says, null if nothing
   * @throws ConfigException if none is named and none of the usual ones exists
   */
  public static Path find(
      @Nullable Path named, Map<String, String> variables, Path directory, Path home) {
    if (named != null) {
      return named;
    }
    String variable = variables.getOrDefault(VARIABLE, "");
    if (!variable.isBlank()) {
      return directory.resolve(variable);
    }
    List<Path> usual = usual(variables, directory, home);
    return usual.stream().filter(Files::exists).findFirst().orElseThrow(() -> none(usual));
  }

  private static List<Path> usual(Map<String, String> variables, Path directory, Path home) {
    String xdg = variables.getOrDefault("XDG_CONFIG_HOME", "");
    Path config = xdg.isBlank() ? home.resolve(".config") : directory.resolve(xdg);
    return List.of(
        directory.resolve("conitrack-backup.yaml"),
        config.resolve("conitrack-backup").resolve("config.yaml"),
        Path.of("/etc/conitrack-backup/config.yaml"));
  }

  private static ConfigException none(List<Path> looked) {
    String places = looked.stream().map(Path::toString).collect(Collectors.joining(", "));
    return ConfigException.unreadable(
        "conitrack-backup.yaml",
        "no file is named, and there is none of " + places,
        "name one with --config or "
            + VARIABLE
            + "; 'conitrack-backup config example' prints one"
            + " to start from");
  }
}
