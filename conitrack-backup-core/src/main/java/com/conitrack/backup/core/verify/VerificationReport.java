package com.conitrack.backup.core.verify;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import java.util.List;

/**
 * What a verification found.
 *
 * @param backups one for every backup verified, in the order asked for
 * @param problems what the catalogue itself had to say, such as manifests that cannot be read
 */
public record VerificationReport(List<VerifiedBackup> backups, List<Catalogue.Problem> problems) {
  public VerificationReport {
    backups = List.copyOf(backups);
    problems = List.copyOf(problems);
  }

  /**
   * Whether every copy examined was proved, at least one for each backup, and nothing else is
   * wrong.
   */
  public boolean proved() {
    return problems.stream().allMatch(problem -> problem.weight() == Catalogue.Weight.NOTE)
        && backups.stream().allMatch(VerifiedBackup::proved);
  }

  /**
   * One backup's copies.
   *
   * @param id the backup
   * @param copies what was found of each copy that should be there
   */
  public record VerifiedBackup(BackupId id, List<Examination> copies) {
    public VerifiedBackup {
      copies = List.copyOf(copies);
    }

    /** Whether there is a copy, and every one was proved. */
    public boolean proved() {
      return !copies.isEmpty() && copies.stream().allMatch(Examination::proved);
    }
  }
}
