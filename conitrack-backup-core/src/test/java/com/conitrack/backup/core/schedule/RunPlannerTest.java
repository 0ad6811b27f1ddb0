package com.conitrack.backup.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.RunRules.CatchUp;
import com.conitrack.backup.core.policy.Schedule;
import com.conitrack.backup.core.schedule.NextStep.Take;
import com.conitrack.backup.core.schedule.NextStep.Wait;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RunPlannerTest {
  private static final Schedule DAILY = Schedule.of("0 3 * * *", ZoneOffset.UTC);
  private static final String DUE = "2026-03-02T03:00:00Z";
  private static final Instant NEXT = Instant.parse("2026-03-03T03:00:00Z");

  private final History history = new History();

  @Test
  void aRunIsTakenWhenItIsDueAndNotBefore() {
    history.good("yesterday", "2026-03-01T03:00:00Z", "2026-03-01T03:00:00Z");

    assertThat(waitAt("2026-03-02T02:59:59Z")).isEqualTo(DUE);
    assertThat(takenAt(DUE)).isEqualTo(DUE);
  }

  @Test
  void aRunThatSomebodyTookIsNotTakenAgain() {
    history.good("theirs", "2026-03-02T03:00:02Z", DUE);

    assertThat(waitAt("2026-03-02T03:00:04Z")).isEqualTo(NEXT);
  }

  @Test
  void ofRunsThatWereMissedOnlyTheLastIsCaughtUp() {
    history.good("long-ago", "2026-02-20T03:00:00Z", "2026-02-20T03:00:00Z");

    assertThat(takenAt("2026-03-02T20:00:00Z")).isEqualTo(DUE);
  }

  @Test
  void whereNothingWasEverTakenTheLastRunIsCaughtUp() {
    assertThat(takenAt("2026-03-02T20:00:00Z")).isEqualTo(DUE);
  }

  @Test
  void whoeverWaitsForTheNextRunTakesNoMissedOneButOneInItsGrace() {
    assertThat(takenAt(CatchUp.WAIT, "2026-03-02T03:30:00Z")).isEqualTo(DUE);
    assertThat(decide(CatchUp.WAIT, "2026-03-02T04:00:01Z")).isInstanceOf(Wait.class);
  }

  @Test
  void failuresAreRetriedAfterPausesThatDouble() {
    history.failed("one", "2026-03-02T03:00:00Z", DUE);
    assertThat(waitAt("2026-03-02T03:01:30Z")).isEqualTo("2026-03-02T03:02:00Z");
    assertThat(takenAt("2026-03-02T03:02:00Z")).isEqualTo(DUE);

    history.failed("two", "2026-03-02T03:02:00Z", DUE);
    assertThat(waitAt("2026-03-02T03:03:30Z")).isEqualTo("2026-03-02T03:05:00Z");
  }

  @Test
  void noRetryComesAfterTheNextRun() {
    history.failed("one", "2026-03-03T02:58:30Z", DUE);

    assertThat(waitAt("2026-03-03T02:59:40Z")).isEqualTo(NEXT);
    assertThat(takenAt("2026-03-03T03:00:00Z")).isEqualTo(NEXT);
  }

  @Test
  void aFailureFromTheFutureDelaysNoMoreThanOneFromNow() {
    history.failed("clock-wrong", "2027-01-01T00:00:00Z", DUE);

    assertThat(waitAt("2026-03-02T04:00:00Z")).isEqualTo("2026-03-02T04:01:00Z");
  }

  @Test
  void aDegradedBackupIsNotFollowedByOthersOfItsKind() {
    history.backup("degraded", DUE, DUE, "DEGRADED", Trigger.SCHEDULED);

    assertThat(waitAt("2026-03-02T08:00:00Z")).isEqualTo(NEXT);
  }

  private Instant takenAt(String now) {
    return takenAt(CatchUp.NOW, now);
  }

  private Instant takenAt(CatchUp catchUp, String now) {
    return ((Take) decide(catchUp, now)).run().due();
  }

  private Instant waitAt(String now) {
    return ((Wait) decide(CatchUp.NOW, now)).until();
  }

  private NextStep decide(CatchUp catchUp, String now) {
    return new RunPlanner(catchUp, Backoff.USUAL)
        .decide(history.calendar(DAILY, Duration.ofHours(1)), Instant.parse(now));
  }
}
