package com.conitrack.backup.spring;

import com.conitrack.backup.core.policy.ConfigurationException;
import com.conitrack.backup.core.policy.PolicyProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is wrong with the settings, collected so that it is told all at once. */
final class SettingProblems {
  private static final String PREFIX = "conitrack.backup.";

  private final List<PolicyProblem> problems = new ArrayList<>();

  /**
   * @param key below {@code conitrack.backup}
   */
  void add(String key, String message, String remedy) {
    problems.add(new PolicyProblem(PREFIX + key, message, remedy));
  }

  /** Gives a value, if there is one, to a setter that may refuse it. */
  <T extends Object> void apply(String key, @Nullable T value, Consumer<T> setter, String remedy) {
    if (value == null) {
      return;
    }
    try {
      setter.accept(value);
    } catch (IllegalArgumentException e) {
      // Its own message shows the value, which may be a secret.
      add(key, "the value cannot be used here", remedy);
    }
  }

  void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ConfigurationException("unable to use the settings", problems);
    }
  }
}
