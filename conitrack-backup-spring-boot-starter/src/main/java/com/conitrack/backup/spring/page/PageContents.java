package com.conitrack.backup.spring.page;

import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.status.BackupStatus;
import com.conitrack.backup.core.status.StatusReading;
import java.time.Instant;

/**
 * What the page shows.
 *
 * @param policy what is asked of the backups
 * @param reading what was read of them
 * @param status how they stand by that
 */
public record PageContents(BackupPolicy policy, StatusReading reading, BackupStatus status) {
  /** The moment that the page tells of. */
  Instant now() {
    return status.at();
  }
}
