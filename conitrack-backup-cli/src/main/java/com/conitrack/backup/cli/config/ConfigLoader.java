package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.policy.BackupPolicy;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Reads configuration files. */
public final class ConfigLoader {
  private static final Duration STALL_LIMIT = Duration.ofMinutes(2);

  private final Map<String, String> variables;
  private final Path home;

  /**
   * @param variables the environment, for {@code ${NAME}}
   * @param home what {@code ~} stands for
   */
  public ConfigLoader(Map<String, String> variables, Path home) {
    this.variables = Map.copyOf(variables);
    this.home = home;
  }

  /**
   * Reads a file. Relative paths in it start from the directory it is in.
   *
   * @throws ConfigException with everything that is wrong with it
   */
  public Config load(Path file) {
    Path absolute = file.toAbsolutePath().normalize();
    Path directory = absolute.getParent() == null ? absolute : absolute.getParent();
    Reading reading = new Reading(directory, home, variables);
    Node root = YamlTree.parse(reading, text(file));
    Config config = reading.problems().isEmpty() ? read(reading, root, absolute) : null;
    if (config == null || !reading.problems().isEmpty()) {
      throw ConfigException.of(file.toString(), reading.problems());
    }
    return config;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException e) {
      throw ConfigException.unreadable(file.toString(), "there is no such file", null);
    } catch (AccessDeniedException e) {
      String hint = "let the user that runs this read it";
      throw ConfigException.unreadable(file.toString(), "it may not be read", hint);
    } catch (CharacterCodingException e) {
      throw ConfigException.unreadable(file.toString(), "it is not UTF-8", "save it as UTF-8");
    } catch (IOException e) {
      String why = e.getClass().getSimpleName() + ": " + e.getMessage();
      throw ConfigException.unreadable(file.toString(), why, null);
    }
  }

  /** Null if something without which there is no configuration is wrong. */
  private static @Nullable Config read(Reading reading, @Nullable Node root, Path file) {
    Section top = Section.root(reading, root, ConfigKeys.TOP);
    DatabaseConfig database = DatabaseReader.read(top);
    List<StorageConfig> storages = new StoragesReader().read(top);
    CompressionConfig compression = CompressionReader.read(top);
    BackupPolicy policy = PolicyReader.read(top);
    requireStoragesFor(policy, storages, reading);
    requireStoragesNamed(policy, storages, reading);
    String actor = top.text("actor");
    Duration lockWait = duration(top, "lock-wait", Duration.ZERO, Duration.ZERO);
    Duration stallLimit = duration(top, "stall-limit", STALL_LIMIT, Duration.ofSeconds(1));
    HooksConfig hooks = HooksConfig.read(top);
    if (database == null) {
      return null;
    }
    return new Config(
        file, database, storages, compression, policy, actor, lockWait, stallLimit, hooks);
  }

  private static void requireStoragesFor(
      BackupPolicy policy, List<StorageConfig> storages, Reading reading) {
    int copies = policy.copiesRequired();
    if (reading.problems().isEmpty() && copies > storages.size()) {
      String path = "policy.copies-required";
      String message = copies + " copies are required, but storages: " + storages.size();
      reading.problem(
          reading.positionOf(path), path, message, "add a storage or require fewer copies");
    }
  }

  private static void requireStoragesNamed(
      BackupPolicy policy, List<StorageConfig> storages, Reading reading) {
    List<String> known = storages.stream().map(StorageConfig::name).toList();
    for (String name : policy.retention().storages().keySet()) {
      requireStorage(name, known, "policy.retention.storages." + name, reading);
    }
    for (String name : policy.copiesRequiredIn()) {
      requireStorage(name, known, "policy.copies-required-in", reading);
    }
    for (String name : policy.immutability().storages()) {
      requireStorage(name, known, "policy.immutability.storages", reading);
    }
  }

  private static void requireStorage(
      String name, List<String> known, String path, Reading reading) {
    if (reading.problems().isEmpty() && !known.contains(name)) {
      String remedy =
          Suggestion.nearest(name, known)
              .map(word -> "did you mean '" + word + "'?")
              .orElse("there are: " + String.join(", ", known));
      reading.problem(
          reading.positionOf(path), path, "no storage is called '" + name + "'", remedy);
    }
  }

  private static Duration duration(Section top, String key, Duration usual, Duration least) {
    Duration given = top.duration(key);
    if (given != null && given.compareTo(least) < 0) {
      top.problem(key, "the time is too short", "give at least " + least.toSeconds() + "s");
    }
    return given == null ? usual : given;
  }
}
