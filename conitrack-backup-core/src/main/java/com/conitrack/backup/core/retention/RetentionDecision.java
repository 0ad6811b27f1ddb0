package com.conitrack.backup.core.retention;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import java.util.List;

/**
 * What is to become of one backup.
 *
 * @param entry the backup as the catalogue showed it
 * @param action whether it stays
 * @param reasons why, one sentence or more: each thing that keeps it, or each rule that does not
 */
public record RetentionDecision(CatalogueEntry entry, Action action, List<String> reasons) {

  /** Whether a backup stays. */
  public enum Action {
    /** It stays. */
    KEEP,
    /** It is to be deleted. */
    DELETE
  }

  public RetentionDecision {
    reasons = List.copyOf(reasons);
    if (reasons.isEmpty()) {
      throw new IllegalArgumentException("a decision about '" + entry.id() + "' without a reason");
    }
  }

  /** The backup's name. */
  public BackupId id() {
    return entry.id();
  }

  /** Whether it is to be deleted. */
  public boolean isDeletion() {
    return action == Action.DELETE;
  }
}
