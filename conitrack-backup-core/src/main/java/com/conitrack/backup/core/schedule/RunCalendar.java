package com.conitrack.backup.core.schedule;

import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.policy.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runs that a schedule asks for, each with what became of it: a function of the schedule, of
 * what the storages hold and of the time. A backup serves the run whose instant it names; one that
 * names none but was taken on schedule, by cron for instance, serves the last run that was due when
 * it began. Backups for other reasons serve none.
 *
 * <p>Immutable, and safe for use by many threads.
 */
public final class RunCalendar {
  private final Schedule schedule;
  private final Duration grace;
  private final Attempts attempts;

  private RunCalendar(Schedule schedule, Duration grace, Attempts attempts) {
    this.schedule = schedule;
    this.grace = grace;
    this.attempts = attempts;
  }

  /**
   * The calendar of one database.
   *
   * @param schedule when its backups are due
   * @param grace how long after its instant a run may begin and still be in time; no longer than
   *     until the next one is due
   * @param database its name
   * @param catalogue what the storages hold
   * @param register the entries of the register, which outlive the backups
   */
  public static RunCalendar of(
      Schedule schedule,
      Duration grace,
      String database,
      Catalogue catalogue,
      List<RegisterEntry> register) {
    return new RunCalendar(schedule, grace, Attempts.read(schedule, database, catalogue, register));
  }

  /** The schedule. */
  public Schedule schedule() {
    return schedule;
  }

  /**
   * The runs due from {@code from} on and before {@code to}, oldest first. Those from before
   * anything was recorded are left out: nobody knows that they were expected.
   *
   * @param now how they stand at that moment
   */
  public List<Run> between(Instant from, Instant to, Instant now) {
    List<Run> runs = new ArrayList<>();
    Instant beginning = beginning(from, now);
    for (Instant due = schedule.next(beginning.minusNanos(1));
        due.isBefore(to);
        due = schedule.next(due)) {
      runs.add(at(due, now));
    }
    return List.copyOf(runs);
  }

  private Instant beginning(Instant from, Instant now) {
    Instant recorded = attempts.since();
    Instant first = recorded == null ? now : recorded;
    return from.isBefore(first) ? first : from;
  }

  /** The last run due at {@code now} or before, also if it is from before anything was recorded. */
  public Run latest(Instant now) {
    return at(schedule.previous(now.plusNanos(1)), now);
  }

  /** When the next run is due, after {@code now}. */
  public Instant next(Instant now) {
    return schedule.next(now);
  }

  /**
   * One run.
   *
   * @param due its instant, one of the schedule's
   * @param now how it stands at that moment
   */
  public Run at(Instant due, Instant now) {
    Attempt served = attempts.served(due);
    List<Attempt> failures = attempts.failures(due);
    return new Run(due, state(due, now, served, failures), served, failures);
  }

  /**
   * How many runs in a row, right before {@code due}, were missed; those from before anything was
   * recorded do not count.
   *
   * @param most where counting ends
   */
  int missedBefore(Instant due, Instant now, int most) {
    int missed = 0;
    Instant recorded = attempts.since();
    Instant earlier = schedule.previous(due);
    while (missed < most
        && recorded != null
        && !earlier.isBefore(recorded)
        && at(earlier, now).state() == RunState.MISSED) {
      missed++;
      earlier = schedule.previous(earlier);
    }
    return missed;
  }

  private RunState state(
      Instant due, Instant now, @Nullable Attempt served, List<Attempt> failures) {
    if (served != null) {
      return served.startedAt().isAfter(endOfGrace(due)) ? RunState.LATE : RunState.DONE;
    }
    if (!failures.isEmpty()) {
      return RunState.FAILED;
    }
    return now.isAfter(endOfGrace(due)) ? RunState.MISSED : RunState.DUE;
  }

  private Instant endOfGrace(Instant due) {
    Instant end = due.plus(grace);
    Instant next = schedule.next(due);
    return end.isBefore(next) ? end : next.minusNanos(1);
  }
}
