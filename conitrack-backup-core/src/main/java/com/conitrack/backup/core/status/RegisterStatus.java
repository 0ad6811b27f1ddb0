package com.conitrack.backup.core.status;

import com.conitrack.backup.core.register.RegisterFinding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the register stands.
 *
 * @param entries how many entries can be relied upon
 * @param firstError the first thing that is wrong with it, null if every chain that could be read
 *     is unbroken
 * @param errors how many things are wrong with it
 * @param remarks what else is to be known of it, a sentence each
 */
public record RegisterStatus(
    int entries, @Nullable String firstError, int errors, List<String> remarks) {
  public RegisterStatus {
    remarks = List.copyOf(remarks);
  }

  /** Whether every chain that could be read is unbroken. */
  public boolean sound() {
    return firstError == null;
  }

  /** That a storage cannot be read is told of the storage, and is no fault of the register. */
  static RegisterStatus of(int entries, List<RegisterFinding> findings) {
    List<String> errors =
        findings.stream()
            .filter(f -> f.isError() && f.kind() != RegisterFinding.Kind.UNREADABLE)
            .map(RegisterFinding::toString)
            .toList();
    List<String> remarks =
        findings.stream().filter(f -> !f.isError()).map(RegisterFinding::toString).toList();
    return new RegisterStatus(
        entries, errors.isEmpty() ? null : errors.get(0), errors.size(), remarks);
  }
}
