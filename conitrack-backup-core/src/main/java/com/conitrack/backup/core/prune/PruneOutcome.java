package com.conitrack.backup.core.prune;

import com.conitrack.backup.core.model.BackupId;
import java.util.List;
import java.util.Map;

/**
 * What became of a retention plan.
 *
 * @param deleted backups of which nothing is left
 * @param trimmed backups that live on in some storage, with the storages they were deleted from
 * @param refused backups of which something could not be deleted, with the reason
 * @param remarks what else a person should know
 */
public record PruneOutcome(
    List<BackupId> deleted,
    Map<BackupId, List<String>> trimmed,
    Map<BackupId, String> refused,
    List<String> remarks) {
  public PruneOutcome {
    deleted = List.copyOf(deleted);
    trimmed = Map.copyOf(trimmed);
    refused = Map.copyOf(refused);
    remarks = List.copyOf(remarks);
  }
}
