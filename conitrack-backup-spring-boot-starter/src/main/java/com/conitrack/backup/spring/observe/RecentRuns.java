package com.conitrack.backup.spring.observe;

import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.policy.Schedule;
import com.conitrack.backup.core.schedule.RunCalendar;
import com.conitrack.backup.core.status.StatusReading;
import java.time.Duration;
import java.time.Instant;

/** The calendar of the last months alone: to work out that of many years takes a second. */
public final class RecentRuns {
  /** Longer than a schedule leaves between two runs, most of all. */
  private static final Duration BEFORE = Duration.ofDays(40);

  private RecentRuns() {}

  /**
   * The calendar, to be asked for runs from an instant on.
   *
   * @param grace how long after its instant a run may begin and still be in time
   */
  public static RunCalendar calendar(
      Schedule schedule, Duration grace, StatusReading reading, Instant from) {
    Instant since = from.minus(BEFORE);
    Catalogue all = reading.catalogue();
    Catalogue recent =
        new Catalogue(
            all.entries().stream().filter(e -> e.manifest().startedAt().isAfter(since)).toList(),
            all.problems(),
            all.whole());
    String database = reading.database();
    return RunCalendar.of(
        schedule,
        grace,
        database == null ? "" : database,
        recent,
        reading.entries().stream().filter(entry -> entry.at().isAfter(since)).toList());
  }
}
