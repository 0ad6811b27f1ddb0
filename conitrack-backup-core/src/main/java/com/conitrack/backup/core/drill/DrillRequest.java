package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.port.Database;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A drill to be held.
 *
 * @param choice which backup is restored
 * @param on any database of the server to hold it on; null for the server that is backed up
 * @param negativeControl whether damaged and wrong dumps are given to the same path, also where the
 *     policy would not ask for it this time
 * @param compareLive whether the backup is compared with what the database holds now, which costs a
 *     dump of it
 * @param keep whether the restored database is left for a person to look at
 * @param leaveOut what of the dump is not loaded; null for what the policy says
 */
public record DrillRequest(
    DrillChoice choice,
    @Nullable Database on,
    boolean negativeControl,
    boolean compareLive,
    boolean keep,
    @Nullable Set<LeaveOut> leaveOut) {
  public DrillRequest {
    leaveOut = leaveOut == null ? null : Set.copyOf(leaveOut);
  }

  /** A drill that leaves out what the policy says. */
  public DrillRequest(
      DrillChoice choice,
      @Nullable Database on,
      boolean negativeControl,
      boolean compareLive,
      boolean keep) {
    this(choice, on, negativeControl, compareLive, keep, null);
  }

  /** A drill of the newest good backup on the server that is backed up. */
  public static DrillRequest newest() {
    return of(new DrillChoice.Newest());
  }

  /** A drill of one backup on the server that is backed up. */
  public static DrillRequest of(BackupId id) {
    return of(new DrillChoice.Named(id));
  }

  /** A drill on the server that is backed up. */
  public static DrillRequest of(DrillChoice choice) {
    return new DrillRequest(choice, null, false, false, false);
  }

  /** The same on the server of another database. */
  public DrillRequest onServerOf(Database database) {
    return new DrillRequest(choice, database, negativeControl, compareLive, keep, leaveOut);
  }

  /** The same with a negative control. */
  public DrillRequest withNegativeControl() {
    return new DrillRequest(choice, on, true, compareLive, keep, leaveOut);
  }

  /** The same, compared with the database as it is now. */
  public DrillRequest comparingLive() {
    return new DrillRequest(choice, on, negativeControl, true, keep, leaveOut);
  }

  /** The same, leaving the restored database. */
  public DrillRequest keeping() {
    return new DrillRequest(choice, on, negativeControl, compareLive, true, leaveOut);
  }

  /** The same without these parts of the dump, whatever the policy says. */
  public DrillRequest leavingOut(Set<LeaveOut> parts) {
    return new DrillRequest(choice, on, negativeControl, compareLive, keep, parts);
  }
}
