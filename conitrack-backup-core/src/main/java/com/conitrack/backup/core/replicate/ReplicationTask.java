package com.conitrack.backup.core.replicate;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import java.util.List;

/**
 * One copy that is to be made good.
 *
 * @param entry the backup as the catalogue showed it
 * @param storage where its copy is wanting
 * @param reason what is wanting
 * @param detail the same in words
 * @param sources storages with a proved copy, the one to be asked first in front; empty only if
 *     what lies there can be proved without one
 */
public record ReplicationTask(
    CatalogueEntry entry, String storage, Reason reason, String detail, List<String> sources) {
  public ReplicationTask {
    sources = List.copyOf(sources);
  }

  /** What can be wanting. */
  public enum Reason {
    /** There is no dump. */
    MISSING,
    /** The dump is not what was recorded. */
    DAMAGED,
    /** The dump lies there without its manifest. */
    MANIFEST_MISSING,
    /** The manifest beside the dump is not the one that the register recorded. */
    MANIFEST_ALTERED,
    /** The copy seems whole, but has never been proved. */
    UNPROVED;

    /** Whether the dump's bytes will have to be copied, for all that is known before. */
    boolean copiesBytes() {
      return this == MISSING || this == DAMAGED;
    }
  }

  /** The backup's name. */
  public BackupId id() {
    return entry.id();
  }
}
