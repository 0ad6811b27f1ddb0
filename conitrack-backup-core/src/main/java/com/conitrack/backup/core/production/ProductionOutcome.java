package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import java.util.List;

/** How a restore of real data ended, once it had begun. */
public sealed interface ProductionOutcome {
  /** The restore's id, which its entries in the register bear. */
  String restore();

  /** The backup. */
  BackupId backup();

  /** What a person should know: copies passed over, a start hook that failed, and the like. */
  List<String> remarks();

  /**
   * The database is the backup's, proved equal.
   *
   * @param record the written record
   */
  record Restored(RestoreRecord record, List<String> remarks) implements ProductionOutcome {
    public Restored {
      remarks = List.copyOf(remarks);
    }

    @Override
    public String restore() {
      return record.id();
    }

    @Override
    public BackupId backup() {
      return record.backup();
    }
  }

  /**
   * It did not come to that.
   *
   * @param failure why
   * @param production what the database is now, in words
   */
  record Failed(
      String restore,
      BackupId backup,
      BackupException failure,
      String production,
      List<String> remarks)
      implements ProductionOutcome {
    public Failed {
      remarks = List.copyOf(remarks);
    }
  }
}
