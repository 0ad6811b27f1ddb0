package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.LeftOut;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseRestorer.Fate;
import org.jspecify.annotations.Nullable;

/**
 * Whose a database is after a restore in one transaction: what it holds tells, and where it holds
 * neither what the backup does nor what the safety backup does, because somebody has written since,
 * the transaction's own end does.
 */
final class TransactionVerdict {
  private TransactionVerdict() {}

  /**
   * To be asked under the database's lock, when none of the restore's sessions is left.
   *
   * @param transaction its name, null if it was not told or never begun
   * @param before digest of what the safety backup holds, null if there was none yet
   * @param after digest of what the backup holds, without what was left out
   * @param leftOut what of the backup was not loaded
   * @throws BackupException if the database cannot be asked
   */
  static Replacement.Aftermath of(
      Database database,
      @Nullable String transaction,
      @Nullable String before,
      @Nullable String after,
      LeftOut leftOut) {
    if (LiveContents.digest(database, leftOut).hex().equals(after)) {
      return Replacement.Aftermath.replaced("the backup's");
    }
    if (LiveContents.digest(database).hex().equals(before)) {
      return Replacement.Aftermath.notReplaced("the old one, untouched");
    }
    Fate fate = transaction == null ? Fate.UNKNOWN : database.restorer().fateOf(transaction);
    return switch (fate) {
      case COMMITTED ->
          Replacement.Aftermath.replaced(
              "what was loaded from the backup, and is not equal to it any more: it has been"
                  + " written to since");
      case ROLLED_BACK ->
          Replacement.Aftermath.notReplaced(
              "the old one, and has been written to since the safety backup");
      case UNKNOWN ->
          Replacement.Aftermath.notReplaced(
              "not the backup's; it has been written to since the safety backup");
    };
  }
}
