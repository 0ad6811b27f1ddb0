package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A configuration file that cannot be used, with everything that is wrong in it. */
public final class ConfigException extends BackupException {
  private static final long serialVersionUID = 1L;

  private final transient List<ConfigProblem> problems;

  private ConfigException(String what, String why, String hint, List<ConfigProblem> problems) {
    super(ErrorKind.CONFIGURATION, what, why, hint);
    this.problems = List.copyOf(problems);
  }

  static ConfigException of(String file, List<ConfigProblem> problems) {
    List<ConfigProblem> inOrder =
        problems.stream()
            .sorted(
                Comparator.comparingInt((ConfigProblem p) -> p.at().line())
                    .thenComparingInt(p -> p.at().column()))
            .toList();
    return new ConfigException(
        "unable to use the configuration '" + file + "'",
        inOrder.stream().map(p -> p.in(file)).collect(Collectors.joining("\n")),
        "all keys are explained in docs/configuration.md; 'conitrack-backup config example' prints"
            + " a file to start from",
        inOrder);
  }

  static ConfigException unreadable(String file, String why, @Nullable String hint) {
    return new ConfigException(
        "unable to read the configuration '" + file + "'",
        why,
        hint == null ? "name another file with --config" : hint,
        List.of());
  }

  /** Everything that is wrong, in the order of the file; empty if it could not be read at all. */
  public List<ConfigProblem> problems() {
    return problems == null ? List.of() : problems;
  }
}
