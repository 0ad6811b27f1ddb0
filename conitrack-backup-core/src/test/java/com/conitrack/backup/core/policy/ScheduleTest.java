package com.conitrack.backup.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final ZoneId BUENOS_AIRES = ZoneId.of("America/Argentina/Buenos_Aires");

  @Test
  void nextAndPreviousExcludeTheInstantGiven() {
    Schedule sundays = Schedule.of("0 3 * * 0", ZoneOffset.UTC);
    Instant sunday = Instant.parse("2026-01-04T03:00:00Z");

    assertThat(sundays.next(sunday.minusNanos(1))).isEqualTo(sunday);
    assertThat(sundays.next(sunday)).isEqualTo(sunday.plus(Duration.ofDays(7)));
    assertThat(sundays.previous(sunday.plusNanos(1))).isEqualTo(sunday);
    assertThat(sundays.previous(sunday)).isEqualTo(sunday.minus(Duration.ofDays(7)));
  }

  @Test
  void fieldsAreReadInTheZone() {
    Schedule nightly = Schedule.of("0 2 * * *", BUENOS_AIRES);

    assertThat(nightly.next(Instant.parse("2026-01-06T04:59:00Z")))
        .isEqualTo(Instant.parse("2026-01-06T05:00:00Z"));
  }

  @Test
  void namesAndBothSundaysAreAccepted() {
    Instant monday = Instant.parse("2026-01-05T00:00:00Z");

    for (String cron : List.of("0 3 * * 0", "0 3 * * 7", "0 3 * * SUN", " 0 3 * * sun ")) {
      Instant run = Schedule.of(cron, ZoneOffset.UTC).next(monday);
      assertThat(run.atZone(ZoneOffset.UTC).getDayOfWeek()).as(cron).isEqualTo(DayOfWeek.SUNDAY);
    }
  }

  @Test
  void twoRestrictedDayFieldsMeanEither() {
    Schedule schedule = Schedule.of("0 3 15 * 1", ZoneOffset.UTC);

    assertThat(runs(schedule, "2026-01-10T00:00:00Z", "2026-01-20T00:00:00Z"))
        .containsExactly("2026-01-12T03:00:00Z", "2026-01-15T03:00:00Z", "2026-01-19T03:00:00Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0 3 * *",
        "0 3 * * 0 2026",
        "60 3 * * 0",
        "0 24 * * *",
        "0 3 * * 8",
        "@daily",
        "0 3 L * *",
        "hello",
        "0 3 * * 6-2"
      })
  void whatIsNoExpressionIsRefusedWithAnExample(String cron) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Schedule.of(cron, ZoneOffset.UTC))
        .withMessageStartingWith("unable to use the schedule '" + cron + "'")
        .withMessageContaining("such as '0 3 * * 0'");
  }

  @Test
  void aDayThatNeverComesIsRefused() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> Schedule.of("0 3 30 2 *", ZoneOffset.UTC))
        .withMessageContaining("no day ever matches");
  }

  @Test
  void leapDayIsFoundBothWays() {
    Schedule leapDay = Schedule.of("0 0 29 2 *", ZoneOffset.UTC);

    assertThat(leapDay.next(Instant.parse("2024-03-01T00:00:00Z")))
        .isEqualTo(Instant.parse("2028-02-29T00:00:00Z"));
    assertThat(leapDay.previous(Instant.parse("2028-02-28T00:00:00Z")))
        .isEqualTo(Instant.parse("2024-02-29T00:00:00Z"));
    assertThat(leapDay.longestInterval(Instant.parse("2026-01-01T00:00:00Z")))
        .isEqualTo(Duration.ofDays(1461));
  }

  /** Berlin, 2026-03-29: 02:00 becomes 03:00. */
  @ParameterizedTest
  @CsvSource({
    "0 3 * * *, 2026-03-29T01:00:00Z",
    "30 2 * * *, 2026-03-29T01:00:00Z",
    "0 2 * * 0, 2026-03-29T01:00:00Z",
    "59 1 * * *, 2026-03-29T00:59:00Z",
    "30 3 * * *, 2026-03-29T01:30:00Z"
  })
  void aRunSkippedWhenClocksGoForwardIsDueAtTheChange(String cron, Instant expected) {
    Schedule schedule = Schedule.of(cron, BERLIN);

    assertThat(schedule.next(Instant.parse("2026-03-28T23:00:00Z"))).isEqualTo(expected);
    assertThat(schedule.previous(Instant.parse("2026-03-29T21:00:00Z"))).isEqualTo(expected);
  }

  /** Berlin, 2026-10-25: 03:00 becomes 02:00. */
  @ParameterizedTest
  @CsvSource({
    "0 2 * * *, 2026-10-25T00:00:00Z",
    "30 2 * * *, 2026-10-25T00:30:00Z",
    "0 3 * * *, 2026-10-25T02:00:00Z"
  })
  void aRunThatComesTwiceWhenClocksGoBackIsDueOnce(String cron, Instant expected) {
    Schedule schedule = Schedule.of(cron, BERLIN);

    assertThat(runs(schedule, "2026-10-24T22:00:00Z", "2026-10-25T22:59:00Z"))
        .containsExactly(expected.toString());
  }

  @Test
  void everyHourStaysEveryHourWhateverClocksDo() {
    Schedule hourly = Schedule.of("0 * * * *", BERLIN);

    assertThat(runs(hourly, "2026-10-24T23:30:00Z", "2026-10-25T02:30:00Z"))
        .containsExactly("2026-10-25T00:00:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z");
    assertThat(runs(hourly, "2026-03-28T23:30:00Z", "2026-03-29T02:30:00Z"))
        .containsExactly("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z");
  }

  @Test
  void aDayThatAZoneLeftOutIsMadeUpForAtTheChange() {
    // Samoa went from 29 to 31 December 2011.
    Schedule daily = Schedule.of("0 3 * * *", ZoneId.of("Pacific/Apia"));

    assertThat(runs(daily, "2011-12-29T13:30:00Z", "2011-12-31T00:00:00Z"))
        .containsExactly("2011-12-30T10:00:00Z", "2011-12-30T13:00:00Z");
  }

  @Test
  void midnightThatDoesNotExistIsDueAtTheChange() {
    // Cairo, 2026-04-24: 00:00 becomes 01:00.
    Schedule midnight = Schedule.of("0 0 * * *", ZoneId.of("Africa/Cairo"));
    ZonedDateTime change = ZonedDateTime.of(2026, 4, 24, 1, 0, 0, 0, ZoneId.of("Africa/Cairo"));

    assertThat(midnight.next(Instant.parse("2026-04-23T00:00:00Z"))).isEqualTo(change.toInstant());
  }

  @ParameterizedTest
  @CsvSource({
    "0 3 * * 0, UTC, P7D",
    "0 3 * * *, UTC, PT24H",
    "0 3 * * *, Europe/Berlin, PT25H",
    "0 3 * * 0, Europe/Berlin, PT169H",
    "*/15 * * * *, Europe/Berlin, PT15M",
    "* * * * *, UTC, PT1M",
    "0 8-18 * * 1-5, UTC, PT62H",
    "'0 6,18,20 * * *', UTC, PT12H",
    "0 3 1 * *, UTC, P31D",
    "0 3 31 * *, UTC, P61D",
    "0 3 * 1-6 *, UTC, P185D"
  })
  void longestInterval(String cron, ZoneId zone, Duration expected) {
    assertThat(Schedule.of(cron, zone).longestInterval(Instant.parse("2026-01-01T15:00:00Z")))
        .isEqualTo(expected);
  }

  @Test
  void equalByExpressionAndZone() {
    assertThat(Schedule.of("0 3 * * 0", ZoneOffset.UTC))
        .isEqualTo(Schedule.of("0 3  * * 0", ZoneOffset.UTC))
        .hasSameHashCodeAs(Schedule.of("0 3 * * 0", ZoneOffset.UTC))
        .isNotEqualTo(Schedule.of("0 3 * * 0", BERLIN))
        .isNotEqualTo(Schedule.of("0 3 * * 1", ZoneOffset.UTC))
        .hasToString("0 3 * * 0 (Z)");
  }

  private static List<String> runs(Schedule schedule, String after, String until) {
    List<String> found = new ArrayList<>();
    Instant end = Instant.parse(until);
    for (Instant run = schedule.next(Instant.parse(after));
        run.isBefore(end);
        run = schedule.next(run)) {
      found.add(run.toString());
    }
    return found;
  }
}
