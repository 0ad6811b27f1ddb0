package com.conitrack.backup.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A schedule held against one that looks at every minute. */
class SchedulePropertyTest {

  @Property(tries = 150)
  void agreesWithLookingAtEveryMinute(
      @ForAll("fields") Fields fields,
      @ForAll("zones") ZoneId zone,
      @ForAll("starts") Instant start) {
    Schedule schedule = Schedule.of(fields.cron(), zone);
    Instant end = start.plus(Duration.ofDays(4));

    List<Instant> runs = new ArrayList<>();
    for (Instant run = schedule.next(start); !run.isAfter(end); run = schedule.next(run)) {
      runs.add(run);
    }

    assertThat(runs).isEqualTo(List.copyOf(fields.minuteByMinute(start, end, zone)));
  }

  @Property(tries = 100)
  void previousIsTheInverseOfNext(
      @ForAll("fields") Fields fields,
      @ForAll("zones") ZoneId zone,
      @ForAll("starts") Instant start) {
    Schedule schedule = Schedule.of(fields.cron(), zone);
    Instant first = schedule.next(start);
    Instant second = schedule.next(first);

    assertThat(schedule.previous(second)).isEqualTo(first);
    assertThat(schedule.previous(first.plusNanos(1))).isEqualTo(first);
    assertThat(schedule.previous(first)).isBeforeOrEqualTo(start);
  }

  @Provide
  Arbitrary<Fields> fields() {
    Arbitrary<Integer> minutes = Arbitraries.of(1, 15, 30, 0);
    Arbitrary<List<Integer>> hours =
        Arbitraries.integers().between(0, 23).list().uniqueElements().ofMaxSize(3);
    Arbitrary<List<Integer>> days =
        Arbitraries.integers().between(0, 6).list().uniqueElements().ofMaxSize(2);
    return Combinators.combine(minutes, Arbitraries.integers().between(0, 59), hours, days)
        .as(
            (step, minute, hour, day) ->
                new Fields(hour.isEmpty() && step == 1 ? 15 : step, minute, hour, day));
  }

  @Provide
  Arbitrary<ZoneId> zones() {
    return Arbitraries.of(
            "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo")
        .map(ZoneId::of);
  }

  /** Around the days on which the zones above change their clocks in 2026. */
  @Provide
  Arbitrary<Instant> starts() {
    Arbitrary<String> days =
        Arbitraries.of(
            "2026-03-28",
            "2026-10-24",
            "2026-03-07",
            "2026-10-31",
            "2026-04-04",
            "2026-10-03",
            "2026-04-23",
            "2026-10-29",
            "2026-06-01");
    return Combinators.combine(days, Arbitraries.integers().between(0, 2 * 86_400))
        .as((day, second) -> Instant.parse(day + "T00:00:00Z").minusSeconds(second));
  }

  /**
   * @param step every so many minutes of the hour; 0 for {@code minute} only
   * @param hours empty for {@code *}
   * @param daysOfWeek empty for {@code *}
   */
  record Fields(int step, int minute, List<Integer> hours, List<Integer> daysOfWeek) {
    String cron() {
      return (step == 0 ? "" + minute : "*/" + step)
          + " "
          + list(hours)
          + " * * "
          + list(daysOfWeek);
    }

    private static String list(List<Integer> values) {
      return values.isEmpty()
          ? "*"
          : String.join(",", values.stream().map(String::valueOf).toList());
    }

    private boolean matches(ZonedDateTime time) {
      return (step == 0 ? time.getMinute() == minute : time.getMinute() % step == 0)
          && (hours.isEmpty() || hours.contains(time.getHour()))
          && (daysOfWeek.isEmpty() || daysOfWeek.contains(time.getDayOfWeek().getValue() % 7));
    }

    /** Runs after {@code start} and up to {@code end}. */
    TreeSet<Instant> minuteByMinute(Instant start, Instant end, ZoneId zone) {
      TreeSet<Instant> runs = new TreeSet<>();
      ZonedDateTime local =
          start.atZone(zone).toLocalDateTime().withSecond(0).minusDays(1).atZone(ZoneOffset.UTC);
      for (;
          local.toInstant().isBefore(end.plus(Duration.ofDays(1)));
          local = local.plusMinutes(1)) {
        if (matches(local)) {
          add(runs, local, zone);
        }
      }
      return new TreeSet<>(runs.tailSet(start, false).headSet(end, true));
    }

    private void add(TreeSet<Instant> runs, ZonedDateTime local, ZoneId zone) {
      var change = zone.getRules().getTransition(local.toLocalDateTime());
      if (change != null && change.isGap()) {
        runs.add(change.getInstant());
        return;
      }
      ZonedDateTime first = local.toLocalDateTime().atZone(zone);
      runs.add(first.toInstant());
      if (hours.isEmpty()) {
        runs.add(first.withLaterOffsetAtOverlap().toInstant());
      }
    }
  }
}
