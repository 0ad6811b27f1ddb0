package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.port.TableChange;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How it ended to put tables back in their place, once it had begun. */
public sealed interface InPlaceOutcome {
  /** The restore's id, which its entries in the register bear. */
  String restore();

  /** The backup. */
  BackupId backup();

  /** What a person should know: copies passed over, sequences moved, and the like. */
  List<String> remarks();

  /**
   * The rows of the tables are the backup's, proved equal before that was made final.
   *
   * @param safety the safety backup
   * @param changes what was changed
   * @param before digest that stands for what the tables held before
   * @param after digest that stands for what they hold now
   * @param took how long it took
   */
  record Done(
      String restore,
      BackupId backup,
      BackupId safety,
      List<TableChange> changes,
      Sha256 before,
      Sha256 after,
      Duration took,
      List<String> remarks)
      implements InPlaceOutcome {
    public Done {
      changes = List.copyOf(changes);
      remarks = List.copyOf(remarks);
    }
  }

  /**
   * It did not come to that.
   *
   * @param failure why
   * @param tables what the rows of the tables are now, in words
   * @param now what the plan would be now, if it failed because the rows have changed since it was
   *     made: to be approved anew; null otherwise
   */
  record Failed(
      String restore,
      BackupId backup,
      BackupException failure,
      String tables,
      @Nullable InPlacePlan now,
      List<String> remarks)
      implements InPlaceOutcome {
    public Failed {
      remarks = List.copyOf(remarks);
    }
  }
}
