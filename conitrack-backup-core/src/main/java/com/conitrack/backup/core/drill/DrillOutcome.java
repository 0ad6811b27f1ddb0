package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.model.BackupException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a drill ended. It stands in the register, whichever it is. */
public sealed interface DrillOutcome {
  /** What was done and found. */
  DrillReport report();

  /** The backup was restored, holds exactly what was backed up, and all that was asked was met. */
  record Passed(DrillReport report) implements DrillOutcome {}

  /**
   * The drill did not pass, which is no verdict on the backup: something was missing, a check was
   * not met, it took too long, or a negative control failed.
   *
   * @param reasons why, one sentence each
   * @param failure what kept the backup from being restored; null if it was restored
   */
  record Failed(DrillReport report, List<String> reasons, @Nullable BackupException failure)
      implements DrillOutcome {
    public Failed {
      reasons = List.copyOf(reasons);
    }
  }

  /**
   * What was restored is not what was backed up: the backup counts as bad until a drill passes.
   *
   * @param differences one line each
   */
  record Rejected(DrillReport report, List<String> differences) implements DrillOutcome {
    public Rejected {
      differences = List.copyOf(differences);
    }
  }
}
