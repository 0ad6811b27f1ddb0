package com.conitrack.backup.core.production;

import java.util.List;

/**
 * What came of going back, or of discarding.
 *
 * @param record the record of the restore as it stands now
 * @param remarks what a person should know
 */
public record UndoOutcome(RestoreRecord record, List<String> remarks) {
  public UndoOutcome {
    remarks = List.copyOf(remarks);
  }
}
