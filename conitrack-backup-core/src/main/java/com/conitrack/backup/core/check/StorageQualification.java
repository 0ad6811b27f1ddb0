package com.conitrack.backup.core.check;

import com.conitrack.backup.core.check.PropertyFinding.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What putting one storage to the test has shown.
 *
 * @param storage its name
 * @param location where it is, for people
 * @param startedAt when the test began
 * @param duration how long it took
 * @param findings one for every {@link StorageProperty}, in its order
 * @param removed what earlier tests that died had left and this one removed, one key each
 * @param left what this test could not remove and a later one will, each with the reason
 */
public record StorageQualification(
    String storage,
    String location,
    Instant startedAt,
    Duration duration,
    List<PropertyFinding> findings,
    List<String> removed,
    List<String> left) {
  public StorageQualification {
    findings = List.copyOf(findings);
    removed = List.copyOf(removed);
    left = List.copyOf(left);
  }

  /** Whether no test failed. */
  public boolean passed() {
    return findings.stream().noneMatch(finding -> finding.result() == Result.FAILED);
  }

  /** What was found of one property. */
  public Optional<PropertyFinding> finding(StorageProperty property) {
    return findings.stream().filter(finding -> finding.property() == property).findFirst();
  }
}
