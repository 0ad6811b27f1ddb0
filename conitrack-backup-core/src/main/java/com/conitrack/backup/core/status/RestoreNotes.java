package com.conitrack.backup.core.status;

import com.conitrack.backup.core.production.RestoreRecord;
import java.util.List;
import java.util.Objects;

/**
 * What restores of real data have left open.
 *
 * @param unfinished ids of those whose end is not on record: at work, or interrupted
 * @param keptDatabases databases that were left beside the one in use, to go back to
 */
public record RestoreNotes(List<String> unfinished, List<String> keptDatabases) {
  public RestoreNotes {
    unfinished = List.copyOf(unfinished);
    keptDatabases = List.copyOf(keptDatabases);
  }

  static RestoreNotes of(List<RestoreRecord> records) {
    return new RestoreNotes(
        records.stream().filter(RestoreRecord::open).map(RestoreRecord::id).toList(),
        records.stream()
            .map(RestoreRecord::leftBeside)
            .filter(Objects::nonNull)
            .distinct()
            .toList());
  }
}
