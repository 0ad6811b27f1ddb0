package com.conitrack.backup.core.retention;

import com.conitrack.backup.core.retention.RetentionDecision.Action;
import java.util.List;

/**
 * What is to become of one backup in one storage.
 *
 * @param storage the storage's name
 * @param action KEEP or DELETE
 * @param reasons why, one sentence or more: each thing that keeps it, or each rule that does not
 */
public record CopyDecision(String storage, Action action, List<String> reasons) {
  public CopyDecision {
    reasons = List.copyOf(reasons);
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException(
          "a decision about storage '" + storage + "' without reason");
    }
    if (action == Action.TRIM) {
      throw new IllegalArgumentException("a copy is kept or deleted as a whole");
    }
  }

  /** Whether the copy is to be deleted. */
  public boolean isDeletion() {
    return action == Action.DELETE;
  }
}
