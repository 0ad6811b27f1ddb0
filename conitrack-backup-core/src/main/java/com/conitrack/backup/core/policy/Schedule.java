package com.conitrack.backup.core.policy;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;

/**
 * When backups are due: a UNIX cron expression of five fields (minute, hour, day of month, month,
 * day of week; crontab(5)) read in a time zone. If both day fields are restricted, a day that
 * matches either is meant.
 *
 * <p>When clocks are put forward, a run whose time of day is skipped is due at the moment of the
 * change. When they are put back, a run whose time of day comes twice is due the first time only;
 * but with an hour field that starts with {@code *} it is due both times, so that "every hour"
 * stays every hour. So no run is lost, and a daily one is never taken twice.
 *
 * <p>Immutable and safe for use by many threads.
 */
public final class Schedule {
  private static final CronParser PARSER =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  /** Where the search for a first run starts when a schedule is made; any day would do. */
  private static final Instant REFERENCE = Instant.parse("2024-01-01T00:00:00Z");

  private static final Duration SURVEYED = Duration.ofDays(400);
  private static final Duration FARTHEST_LOOK_BACK = Duration.ofDays(20 * 365);

  private final String cron;
  private final ZoneId zone;
  private final ExecutionTime times;
  private final boolean repeatsWhenSetBack;

  private Schedule(Cron cron, ZoneId zone) {
    this.cron = cron.asString();
    this.zone = zone;
    this.times = ExecutionTime.forCron(cron);
    this.repeatsWhenSetBack = this.cron.split(" ", -1)[1].startsWith("*");
  }

  /**
   * A schedule from its text.
   *
   * @param cron five fields, such as {@code 0 3 * * 0} for Sundays at three; names such as {@code
   *     SUN} are accepted
   * @param zone the zone that the fields are read in
   * @throws ConfigurationException if the text is no such expression, or never matches any day
   */
  public static Schedule of(String cron, ZoneId zone) {
    Schedule schedule = new Schedule(parse(cron), zone);
    if (schedule.nextLocal(LocalDateTime.ofInstant(REFERENCE, ZoneOffset.UTC)).isEmpty()) {
      throw rejected(cron, "no day ever matches it", "name a day of the month that the month has");
    }
    return schedule;
  }

  private static Cron parse(String cron) {
    try {
      return PARSER.parse(cron.strip()).validate();
    } catch (IllegalArgumentException e) {
      throw rejected(
          cron,
          String.valueOf(e.getMessage()),
          "give the five fields minute, hour, day of month, month, day of week, such as '0 3 * * 0'"
              + " for Sundays at 03:00");
    }
  }

  private static ConfigurationException rejected(String cron, String why, String remedy) {
    return new ConfigurationException(
        "unable to use the schedule '" + cron + "'",
        List.of(new PolicyProblem("schedule", "'" + cron + "' is not usable: " + why, remedy)));
  }

  /** The cron expression. */
  public String cron() {
    return cron;
  }

  /** The zone its fields are read in. */
  public ZoneId zone() {
    return zone;
  }

  /** The first run due after {@code after}, which itself does not count. */
  public Instant next(Instant after) {
    ZoneRules rules = zone.getRules();
    Optional<Instant> found = nextBeforeChange(after, after, rules);
    ZoneOffsetTransition change = rules.nextTransition(after);
    while (found.isEmpty()) {
      if (change == null) {
        throw new IllegalStateException("no run of " + this + " after " + after);
      }
      found = nextFromChange(change, rules);
      change = rules.nextTransition(change.getInstant());
    }
    return found.get();
  }

  /** The last run due before {@code before}, which itself does not count. */
  public Instant previous(Instant before) {
    for (Duration back = Duration.ofMinutes(1); ; back = back.multipliedBy(4)) {
      Instant from = before.minus(back);
      Instant run = next(from);
      if (run.isBefore(before)) {
        return lastBefore(before, run);
      }
      if (back.compareTo(FARTHEST_LOOK_BACK) > 0) {
        throw new IllegalStateException("no run of " + this + " before " + before);
      }
    }
  }

  private Instant lastBefore(Instant before, Instant first) {
    Instant last = first;
    for (Instant run = first; run.isBefore(before); run = next(run)) {
      last = run;
    }
    return last;
  }

  /**
   * The longest time between two runs, among those due in 400 days from the beginning of {@code
   * from}'s day (at least the first two).
   */
  public Duration longestInterval(Instant from) {
    Instant run =
        next(LocalDate.ofInstant(from, zone).atStartOfDay(zone).toInstant().minusNanos(1));
    LocalDate firstDay = LocalDate.ofInstant(run, zone);
    Duration longest = Duration.ZERO;
    Instant end = from.plus(SURVEYED);
    do {
      Instant following = next(run);
      Duration interval = Duration.between(run, following);
      longest = interval.compareTo(longest) > 0 ? interval : longest;
      run = skipsToLastOfDay(run, following, firstDay);
    } while (run.isBefore(end));
    return longest;
  }

  /**
   * Every day has its runs at the same times of day. So where one day has been walked through, of
   * the others only the last run matters, unless clocks change.
   */
  private Instant skipsToLastOfDay(Instant run, Instant following, LocalDate firstDay) {
    LocalDate day = LocalDate.ofInstant(following, zone);
    boolean same = LocalDate.ofInstant(run, zone).equals(day);
    if (!same || day.equals(firstDay)) {
      return following;
    }
    Instant endOfDay = day.plusDays(1).atStartOfDay(zone).toInstant();
    ZoneOffsetTransition change = zone.getRules().nextTransition(run);
    boolean changes = change != null && !change.getInstant().isAfter(endOfDay);
    return changes ? following : previous(endOfDay);
  }

  /** The next run, if there is one before clocks change again. */
  private Optional<Instant> nextBeforeChange(Instant after, Instant since, ZoneRules rules) {
    ZoneOffset offset = rules.getOffset(since);
    LocalDateTime from = LocalDateTime.ofInstant(after, offset);
    ZoneOffsetTransition change = rules.nextTransition(since);
    return nextLocal(laterThanRepeated(from, since, rules))
        .map(local -> local.toInstant(offset))
        .filter(run -> change == null || run.isBefore(change.getInstant()));
  }

  /** The first run at or after a change of clocks, and before the one that follows. */
  private Optional<Instant> nextFromChange(ZoneOffsetTransition change, ZoneRules rules) {
    if (change.isGap() && skips(change)) {
      return Optional.of(change.getInstant());
    }
    return nextBeforeChange(change.getInstant().minusNanos(1), change.getInstant(), rules);
  }

  private boolean skips(ZoneOffsetTransition gap) {
    return nextLocal(gap.getDateTimeBefore().minusNanos(1))
        .filter(local -> local.isBefore(gap.getDateTimeAfter()))
        .isPresent();
  }

  /**
   * Moves {@code from} past the times of day that came before already, if those do not count again.
   */
  private LocalDateTime laterThanRepeated(LocalDateTime from, Instant since, ZoneRules rules) {
    if (repeatsWhenSetBack) {
      return from;
    }
    ZoneOffsetTransition last = rules.previousTransition(since.plusNanos(1));
    if (last == null || last.isGap()) {
      return from;
    }
    LocalDateTime repeatedUntil = last.getDateTimeBefore().minusNanos(1);
    return from.isBefore(repeatedUntil) ? repeatedUntil : from;
  }

  /** The next match on the wall clock, as if no clock were ever changed. */
  private Optional<LocalDateTime> nextLocal(LocalDateTime after) {
    return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(z -> z.toLocalDateTime());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Schedule that && cron.equals(that.cron) && zone.equals(that.zone);
  }

  @Override
  public int hashCode() {
    return cron.hashCode() * 31 + zone.hashCode();
  }

  /** The expression and the zone: {@code 0 3 * * 0 (UTC)}. */
  @Override
  public String toString() {
    return cron + " (" + zone.getId() + ")";
  }
}
