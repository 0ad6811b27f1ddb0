package com.conitrack.backup.core.status;

import com.conitrack.backup.core.drill.DrillRecord;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How restores for proof stand.
 *
 * @param last the last one that ended, null if none was held
 * @param age the time since it ended, null if none was held
 * @param took how long its restore took, null if that is not on record
 * @param lastPassedAge the time since the last one that passed ended, null if none has
 * @param interval how often the policy asks for one, null if never
 * @param rto how long a restore may take
 */
public record DrillStatus(
    @Nullable DrillRecord last,
    @Nullable Duration age,
    @Nullable Duration took,
    @Nullable Duration lastPassedAge,
    @Nullable Duration interval,
    Duration rto) {

  /** Whether the last restore took longer than the policy allows. */
  public boolean rtoExceeded() {
    return took != null && took.compareTo(rto) > 0;
  }

  /** Whether the policy asks for drills and none has passed within the interval. */
  public boolean overdue() {
    return interval != null && (lastPassedAge == null || lastPassedAge.compareTo(interval) > 0);
  }
}
