package com.conitrack.backup.cli.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the readers of one file share: the variables, what is wrong so far and where keys are. */
final class Reading {
  private final Path directory;
  private final Path home;
  private final Interpolation interpolation;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final Map<String, Position> positions = new HashMap<>();

  /**
   * @param directory what relative paths start from
   * @param home what {@code ~} stands for
   */
  Reading(Path directory, Path home, Map<String, String> variables) {
    this.directory = directory;
    this.home = home;
    this.interpolation = new Interpolation(variables);
  }

  Interpolation interpolation() {
    return interpolation;
  }

  List<ConfigProblem> problems() {
    return problems;
  }

  void problem(Position at, String path, String message, @Nullable String remedy) {
    problems.add(new ConfigProblem(at, path, message, remedy));
  }

  void remember(String path, Position at) {
    positions.putIfAbsent(path, at);
  }

  /** Where a key is; if it is not in the file, where the nearest one above it is. */
  Position positionOf(String path) {
    String candidate = path;
    while (!positions.containsKey(candidate)) {
      int dot = candidate.lastIndexOf('.');
      if (dot < 0) {
        return Position.START;
      }
      candidate = candidate.substring(0, dot);
    }
    return positions.getOrDefault(candidate, Position.START);
  }

  /** A path as written: {@code ~/} is the home, relative ones start where the file is. */
  Path resolve(String text) {
    if (text.equals("~") || text.startsWith("~/")) {
      return home.resolve(text.substring(Math.min(2, text.length()))).normalize();
    }
    return directory.resolve(text).normalize();
  }
}
