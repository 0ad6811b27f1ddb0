package com.conitrack.backup.spring.page;

import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.status.BackupStatus;
import com.conitrack.backup.core.status.StatusReading;
import java.time.Duration;
import java.time.Instant;

/**
 * What the page shows.
 *
 * @param policy what is asked of the backups
 * @param reading what was read of them
 * @param status how they stand by that
 * @param grace how long after its instant a run may begin and still be in time
 */
public record PageContents(
    BackupPolicy policy, StatusReading reading, BackupStatus status, Duration grace) {
  /** The moment that the page tells of. */
  Instant now() {
    return status.at();
  }
}
