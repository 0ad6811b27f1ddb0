package com.conitrack.backup.spring;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.policy.ConfigurationException;
import com.conitrack.backup.core.policy.PolicyProblem;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Tells why an application with backups does not start, and what to do, without a stack trace. */
final class ConitrackBackupFailureAnalyzer extends AbstractFailureAnalyzer<BackupException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, BackupException cause) {
    if (cause instanceof ConfigurationException wrong && !wrong.problems().isEmpty()) {
      return new FailureAnalysis(
          "Backups cannot be set up:\n\n" + list(wrong, p -> p.setting() + ": " + p.message()),
          "Change the settings (docs/configuration.md explains each):\n\n"
              + list(wrong, p -> p.setting() + ": " + p.remedy()),
          cause);
    }
    String hint = cause.hint();
    return new FailureAnalysis(
        sentence(cause.what() + ": " + cause.why()), hint == null ? null : sentence(hint), cause);
  }

  private static String list(ConfigurationException wrong, Function<PolicyProblem, String> line) {
    return wrong.problems().stream()
        .map(problem -> "    " + line.apply(problem))
        .collect(Collectors.joining("\n"));
  }

  private static String sentence(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }
}
