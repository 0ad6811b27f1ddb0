package com.conitrack.backup.core.policy;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be accepted: all that is wrong with them at once. */
public class ConfigurationException extends BackupException {
  private static final long serialVersionUID = 1L;

  private final transient List<PolicyProblem> problems;

  /**
   * @param what what could not be done, starting "unable to …"
   * @param problems everything that is wrong, at least one thing
   */
  public ConfigurationException(String what, List<PolicyProblem> problems) {
    super(ErrorKind.CONFIGURATION, what, describe(problems), null);
    this.problems = List.copyOf(problems);
  }

  /** Everything that is wrong; empty only after serialisation, where the message still tells it. */
  public List<PolicyProblem> problems() {
    return problems == null ? List.of() : problems;
  }

  private static String describe(List<PolicyProblem> problems) {
    return problems.stream().map(PolicyProblem::toString).collect(Collectors.joining(" | "));
  }
}
