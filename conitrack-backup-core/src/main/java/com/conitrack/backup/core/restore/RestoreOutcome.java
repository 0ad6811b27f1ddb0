package com.conitrack.backup.core.restore;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Fingerprint;
import java.time.Duration;
import java.util.List;

/** How a restore ended. */
public sealed interface RestoreOutcome {
  /** The backup. */
  BackupId backup();

  /** Copies that were passed over, warnings of the tools, registers that could not be written. */
  List<String> remarks();

  /**
   * The dump was loaded, and the restored database dumps to the same fingerprint.
   *
   * @param storage where the copy was read from
   * @param contents what both hold
   * @param loading time to load
   * @param total time with the comparison
   * @param leftOut what was not loaded or not compared, a phrase for each thing: equal means but
   *     for that; empty if it means in everything
   */
  record Equal(
      BackupId backup,
      String storage,
      Fingerprint contents,
      Duration loading,
      Duration total,
      List<String> leftOut,
      List<String> remarks)
      implements RestoreOutcome {
    public Equal {
      leftOut = List.copyOf(leftOut);
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * The dump was loaded, but the restored database differs from it, as told line by line.
   *
   * @param leftOut what was not loaded or not compared besides, a phrase for each thing
   */
  record Different(
      BackupId backup,
      String storage,
      List<String> differences,
      List<String> leftOut,
      List<String> remarks)
      implements RestoreOutcome {
    public Different {
      differences = List.copyOf(differences);
      leftOut = List.copyOf(leftOut);
      remarks = List.copyOf(remarks);
    }
  }

  /** Nothing was loaded: the target is as it was. */
  record Failed(BackupId backup, BackupException failure, List<String> remarks)
      implements RestoreOutcome {
    public Failed {
      remarks = List.copyOf(remarks);
    }
  }
}
