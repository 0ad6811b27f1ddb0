package com.conitrack.backup.core.schedule;

import static com.conitrack.backup.core.schedule.RunState.DONE;
import static com.conitrack.backup.core.schedule.RunState.DUE;
import static com.conitrack.backup.core.schedule.RunState.FAILED;
import static com.conitrack.backup.core.schedule.RunState.LATE;
import static com.conitrack.backup.core.schedule.RunState.MISSED;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.Schedule;
import com.conitrack.backup.core.register.RegisterDetails;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunCalendarTest {
  private static final Schedule DAILY = Schedule.of("0 3 * * *", ZoneOffset.UTC);
  private static final Duration HOUR = Duration.ofHours(1);

  private final History history = new History();

  @Test
  void eachRunIsToldWithTheBackupThatServedIt() {
    history
        .good("first", "2026-03-01T03:00:05Z", "2026-03-01T03:00:00Z")
        .failed("second", "2026-03-02T03:00:05Z", "2026-03-02T03:00:00Z")
        .good("fourth", "2026-03-04T09:00:00Z", "2026-03-04T03:00:00Z");

    List<Run> runs = runs("2026-03-01T00:00:00Z", "2026-03-07T00:00:00Z", "2026-03-05T03:30:00Z");

    assertThat(runs).extracting(Run::state).containsExactly(DONE, FAILED, MISSED, LATE, DUE, DUE);
    assertThat(runs.get(0).backup()).isEqualTo(new BackupId("first"));
    assertThat(runs.get(0).delay()).isEqualTo(Duration.ofSeconds(5));
    assertThat(runs.get(1).failures()).extracting(Attempt::problem).containsExactly("disk full");
    assertThat(runs.get(2).due()).isEqualTo("2026-03-03T03:00:00Z");
    assertThat(runs.get(3).delay()).isEqualTo(Duration.ofHours(6));
  }

  @Test
  void aRunIsInTimeUntilItsGraceIsOver() {
    history.good("in-time", "2026-03-01T04:00:00Z", "2026-03-01T03:00:00Z");

    assertThat(at("2026-03-01T03:00:00Z", "2026-03-09T00:00:00Z").state()).isEqualTo(DONE);
    assertThat(at("2026-03-02T03:00:00Z", "2026-03-02T04:00:00Z").state()).isEqualTo(DUE);
    assertThat(at("2026-03-02T03:00:00Z", "2026-03-02T04:00:01Z").state()).isEqualTo(MISSED);
  }

  @Test
  void graceEndsWhenTheNextRunIsDue() {
    Schedule often = Schedule.of("*/10 * * * *", ZoneOffset.UTC);
    history.good("one", "2026-03-01T03:00:00Z", "2026-03-01T03:00:00Z");
    RunCalendar calendar = history.calendar(often, HOUR);

    Instant due = Instant.parse("2026-03-01T03:10:00Z");
    assertThat(calendar.at(due, Instant.parse("2026-03-01T03:19:59Z")).state()).isEqualTo(DUE);
    assertThat(calendar.at(due, Instant.parse("2026-03-01T03:20:00Z")).state()).isEqualTo(MISSED);
  }

  @Test
  void aRetryThatSucceedsServesTheRun() {
    history
        .failed("one", "2026-03-01T03:00:00Z", "2026-03-01T03:00:00Z")
        .good("two", "2026-03-01T03:05:00Z", "2026-03-01T03:00:00Z");

    Run run = at("2026-03-01T03:00:00Z", "2026-03-01T06:00:00Z");

    assertThat(run.state()).isEqualTo(DONE);
    assertThat(run.backup()).isEqualTo(new BackupId("two"));
    assertThat(run.failures()).hasSize(1);
  }

  @Test
  void aBackupThatNamesNoInstantServesTheRunDueBeforeItBegan() {
    history.good("by-cron", "2026-03-02T03:00:01Z", null);

    assertThat(at("2026-03-02T03:00:00Z", "2026-03-09T00:00:00Z").backup())
        .isEqualTo(new BackupId("by-cron"));
    assertThat(at("2026-03-03T03:00:00Z", "2026-03-09T00:00:00Z").state()).isEqualTo(MISSED);
  }

  @Test
  void backupsForOtherReasonsServeNoRun() {
    history
        .backup("by-hand", "2026-03-01T03:00:01Z", null, "COMPLETE", Trigger.MANUAL)
        .backup("before", "2026-03-01T03:00:02Z", null, "COMPLETE", Trigger.PRE_CHANGE);

    assertThat(at("2026-03-01T03:00:00Z", "2026-03-09T00:00:00Z").state()).isEqualTo(MISSED);
  }

  @Test
  void backupsOfAnotherDatabaseServeNoRun() {
    TreeMap<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.DATABASE, "another");
    details.put(RegisterDetails.TRIGGER, "SCHEDULED");
    details.put(RegisterDetails.DUE, "2026-03-01T03:00:00Z");
    history.entry(
        Instant.parse("2026-03-01T03:00:01Z"), "COMPLETE", new BackupId("other"), details);

    assertThat(at("2026-03-01T03:00:00Z", "2026-03-09T00:00:00Z").state()).isEqualTo(MISSED);
  }

  @Test
  void aDegradedBackupServesARunOnceItWasHealed() {
    String due = "2026-03-01T03:00:00Z";
    history.backup("one", due, due, "DEGRADED", Trigger.SCHEDULED);
    assertThat(at(due, "2026-03-01T06:00:00Z").state()).isEqualTo(FAILED);

    history.held("one", due, due);
    assertThat(at(due, "2026-03-01T06:00:00Z").state()).isEqualTo(DONE);
  }

  @Test
  void aBackupThatTheRegisterDoesNotKnowServesItsRunToo() {
    history.held("unrecorded", "2026-03-01T09:00:00Z", "2026-03-01T03:00:00Z");

    assertThat(at("2026-03-01T03:00:00Z", "2026-03-09T00:00:00Z").state()).isEqualTo(LATE);
  }

  @Test
  void whatWasDueBeforeAnythingWasRecordedIsNotListed() {
    assertThat(runs("2026-01-01T00:00:00Z", "2026-03-03T00:00:00Z", "2026-03-01T12:00:00Z"))
        .extracting(run -> run.due().toString())
        .containsExactly("2026-03-02T03:00:00Z");

    history.backup("by-hand", "2026-02-27T10:00:00Z", null, "COMPLETE", Trigger.MANUAL);
    assertThat(runs("2026-01-01T00:00:00Z", "2026-03-03T00:00:00Z", "2026-03-01T12:00:00Z"))
        .extracting(Run::state)
        .containsExactly(MISSED, MISSED, DUE);
  }

  @Test
  void theLastRunIsTheOneDueNow() {
    RunCalendar calendar = history.calendar(DAILY, HOUR);
    Instant due = Instant.parse("2026-03-01T03:00:00Z");

    assertThat(calendar.latest(due).due()).isEqualTo(due);
    assertThat(calendar.latest(due.minusNanos(1)).due()).isEqualTo("2026-02-28T03:00:00Z");
    assertThat(calendar.next(due)).isEqualTo("2026-03-02T03:00:00Z");
  }

  @Test
  void runsFollowTheClocksOfTheirZone() {
    Schedule berlin = Schedule.of("30 2 * * *", ZoneId.of("Europe/Berlin"));
    history.good("before", "2026-03-28T01:30:10Z", null).good("on", "2026-03-29T01:00:10Z", null);

    List<Run> runs =
        history
            .calendar(berlin, HOUR)
            .between(
                Instant.parse("2026-03-28T00:00:00Z"),
                Instant.parse("2026-03-31T00:00:00Z"),
                Instant.parse("2026-03-30T00:00:00Z"));

    assertThat(runs)
        .extracting(run -> run.due() + " " + run.state())
        .containsExactly(
            "2026-03-28T01:30:00Z DONE", "2026-03-29T01:00:00Z DONE", "2026-03-30T00:30:00Z DUE");
  }

  private Run at(String due, String now) {
    return history.calendar(DAILY, HOUR).at(Instant.parse(due), Instant.parse(now));
  }

  private List<Run> runs(String from, String to, String now) {
    return history
        .calendar(DAILY, HOUR)
        .between(Instant.parse(from), Instant.parse(to), Instant.parse(now));
  }
}
