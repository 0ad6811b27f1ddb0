package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.RunLock;

/** The lock that keeps runners on a database apart. */
final class Locks {
  private Locks() {}

  /**
   * To be asked right before something is made final.
   *
   * @throws BackupException kind {@code LOCKED} if the lock was lost
   */
  static void requireHeld(RunLock.Held lock) {
    if (!lock.isHeld()) {
      throw new BackupException(
          ErrorKind.LOCKED,
          "unable to go on with the restore of tables",
          "the lock on the database was lost",
          "nothing was changed; look for a dropped connection, then try again");
    }
  }
}
