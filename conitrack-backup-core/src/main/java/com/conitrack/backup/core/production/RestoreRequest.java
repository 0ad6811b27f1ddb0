package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.LeaveOut;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A wish to replace the database by a backup.
 *
 * @param backup which one
 * @param reason why, in words, for the plan, the approval and the register; null if it is to be
 *     given later
 * @param strategy how; null for the safest that the server allows
 * @param leaveOut what of the dump is not loaded; null for what the policy says
 */
public record RestoreRequest(
    BackupId backup,
    @Nullable String reason,
    @Nullable RestoreStrategy strategy,
    @Nullable Set<LeaveOut> leaveOut) {
  public RestoreRequest {
    leaveOut = leaveOut == null ? null : Set.copyOf(leaveOut);
  }

  /** A restore that leaves out what the policy says. */
  public RestoreRequest(
      BackupId backup, @Nullable String reason, @Nullable RestoreStrategy strategy) {
    this(backup, reason, strategy, null);
  }

  /** A restore of that backup, by the safest strategy that the server allows. */
  public static RestoreRequest of(BackupId backup) {
    return new RestoreRequest(backup, null, null);
  }

  /** The same, with the reason. */
  public RestoreRequest because(String words) {
    return new RestoreRequest(backup, words, strategy, leaveOut);
  }

  /** The same, by this strategy. */
  public RestoreRequest by(RestoreStrategy named) {
    return new RestoreRequest(backup, reason, named, leaveOut);
  }

  /** The same without these parts of the dump, whatever the policy says. */
  public RestoreRequest leavingOut(Set<LeaveOut> parts) {
    return new RestoreRequest(backup, reason, strategy, parts);
  }
}
