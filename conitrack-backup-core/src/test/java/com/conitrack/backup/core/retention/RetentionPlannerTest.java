package com.conitrack.backup.core.retention;

import static com.conitrack.backup.core.retention.Sample.catalogue;
import static com.conitrack.backup.core.retention.Sample.scheduled;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.Immutability;
import com.conitrack.backup.core.policy.RetentionRule;
import com.conitrack.backup.core.retention.RetentionDecision.Action;
import com.conitrack.backup.core.retention.Sample.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetentionPlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

  @Test
  void keepLastKeepsTheNewestByInstantWhateverTheyAreCalled() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.last(2)),
            scheduled("z-oldest", "2026-01-01T03:00:00Z"),
            scheduled("a-newest", "2026-01-22T03:00:00Z"),
            scheduled("m-middle", "2026-01-15T03:00:00Z"));

    assertThat(reasons(plan, "a-newest"))
        .containsExactly("it is the newest good backup", "keep last 2: it is number 1");
    assertThat(reasons(plan, "m-middle")).containsExactly("keep last 2: it is number 2");
    assertThat(reasons(plan, "z-oldest"))
        .containsExactly("keep last 2: there is no room beside 2 newer good ones");
    assertThat(deleted(plan)).containsExactly("z-oldest");
  }

  @Test
  void keepForKeepsToTheInstant() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.age(Duration.ofDays(10))),
            scheduled("new", "2026-01-31T03:00:00Z"),
            scheduled("exact", "2026-01-21T12:00:00Z"),
            scheduled("old", "2026-01-21T11:59:59Z"));

    assertThat(reasons(plan, "exact")).containsExactly("keep for 10 days: it is not older");
    assertThat(reasons(plan, "old")).containsExactly("keep for 10 days: it is older");
    assertThat(deleted(plan)).containsExactly("old");
  }

  @Test
  void keepDailyCountsDaysThatHaveABackup() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.daily(2)),
            scheduled("late", "2026-01-20T23:00:00Z"),
            scheduled("early", "2026-01-20T03:00:00Z"),
            scheduled("weeks-before", "2026-01-02T03:00:00Z"),
            scheduled("day-before-that", "2026-01-01T03:00:00Z"));

    assertThat(reasons(plan, "late")).contains("keep 2 daily: it stands for 2026-01-20");
    assertThat(reasons(plan, "early"))
        .containsExactly("keep 2 daily: a newer good one stands for 2026-01-20");
    assertThat(reasons(plan, "weeks-before"))
        .containsExactly("keep 2 daily: it stands for 2026-01-02");
    assertThat(reasons(plan, "day-before-that"))
        .containsExactly("keep 2 daily: as many later periods than 2026-01-01 have a good one");
    assertThat(deleted(plan)).containsExactly("day-before-that", "early");
  }

  @Test
  void weeksStartOnMonday() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.weekly(2)),
            scheduled("monday", "2026-01-26T03:00:00Z"),
            scheduled("sunday", "2026-01-25T03:00:00Z"),
            scheduled("saturday", "2026-01-24T03:00:00Z"));

    assertThat(reasons(plan, "sunday"))
        .containsExactly("keep 2 weekly: it stands for the week of 2026-01-19");
    assertThat(deleted(plan)).containsExactly("saturday");
  }

  @Test
  void monthsAndYears() {
    Sample[] backups = {
      scheduled("jan", "2026-01-30T03:00:00Z"),
      scheduled("dec", "2025-12-31T03:00:00Z"),
      scheduled("nov", "2025-11-30T03:00:00Z"),
      scheduled("y24", "2024-05-05T03:00:00Z")
    };

    assertThat(deleted(plan(policy(RetentionRule.monthly(3)), backups))).containsExactly("y24");
    assertThat(deleted(plan(policy(RetentionRule.yearly(3)), backups))).containsExactly("nov");
    assertThat(reasons(plan(policy(RetentionRule.yearly(3)), backups), "y24"))
        .containsExactly("keep 3 yearly: it stands for 2024");
  }

  @Test
  void periodsBeginInThePolicysZone() {
    Sample[] backups = {
      scheduled("midnight", "2026-01-20T02:59:00Z"), scheduled("evening", "2026-01-19T22:00:00Z")
    };
    BackupPolicy utc = policy(RetentionRule.daily(9));
    BackupPolicy local =
        utc.toBuilder().retentionZone(ZoneId.of("America/Argentina/Buenos_Aires")).build();

    assertThat(deleted(plan(utc, backups))).isEmpty();
    assertThat(deleted(plan(local, backups))).containsExactly("evening");
  }

  @Test
  void anyRuleKeeps() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.last(1), RetentionRule.monthly(2)),
            scheduled("a", "2026-01-30T03:00:00Z"),
            scheduled("b", "2026-01-29T03:00:00Z"),
            scheduled("c", "2025-12-29T03:00:00Z"));

    assertThat(deleted(plan)).containsExactly("b");
    assertThat(reasons(plan, "b"))
        .containsExactly(
            "keep last 1: there is no room beside a newer good one",
            "keep 2 monthly: a newer good one stands for 2026-01");
  }

  @Test
  void triggersCountApart() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.last(1)),
            scheduled("manual", "2026-01-30T03:00:00Z").by(Trigger.MANUAL),
            scheduled("scheduled", "2026-01-29T03:00:00Z"));

    assertThat(deleted(plan)).isEmpty();
    assertThat(reasons(plan, "manual")).contains("MANUAL backups have no retention rule");
  }

  @Test
  void theNewestGoodBackupAndTheNewestDrilledOneStay() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.age(Duration.ofDays(1))),
            scheduled("newest", "2026-01-10T03:00:00Z"),
            scheduled("drilled", "2026-01-09T03:00:00Z").as(State.DRILLED),
            scheduled("drilled-before", "2026-01-08T03:00:00Z").as(State.DRILLED));

    assertThat(reasons(plan, "newest")).containsExactly("it is the newest good backup");
    assertThat(reasons(plan, "drilled"))
        .containsExactly("it is the newest that has passed a drill");
    assertThat(deleted(plan)).containsExactly("drilled-before");
  }

  @Test
  void aDrilledOneThatIsNoLongerGoodDoesNotTakeAGoodOnesPlace() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.age(Duration.ofDays(1))),
            scheduled("newest", "2026-01-10T03:00:00Z"),
            scheduled("lost-a-copy", "2026-01-09T03:00:00Z").as(State.DEGRADED_DRILLED),
            scheduled("drilled", "2026-01-08T03:00:00Z").as(State.DRILLED));

    assertThat(reasons(plan, "lost-a-copy")).contains("it is the newest that has passed a drill");
    assertThat(reasons(plan, "drilled"))
        .containsExactly("it is the newest good one that has passed a drill");
  }

  @Test
  void aHeldBackupStays() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.last(1)),
            scheduled("new", "2026-01-30T03:00:00Z"),
            scheduled("old", "2020-01-30T03:00:00Z").held("inspection 12/26"));

    assertThat(reasons(plan, "old")).containsExactly("it is held: inspection 12/26");
  }

  @Test
  void aBackupFromTheFutureStaysAndTakesNoOnesPlace() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.last(1)),
            scheduled("future", "2027-01-30T03:00:00Z").as(State.DRILLED),
            scheduled("new", "2026-01-30T03:00:00Z"),
            scheduled("old", "2026-01-29T03:00:00Z").as(State.DRILLED));

    assertThat(reasons(plan, "future"))
        .containsExactly(
            "it is dated in the future, so some clock was wrong: 2027-01-30T03:00:00Z");
    assertThat(reasons(plan, "new"))
        .contains("it is the newest good backup", "keep last 1: it is number 1");
    assertThat(reasons(plan, "old")).containsExactly("it is the newest that has passed a drill");
  }

  @Test
  void otherDatabasesAreLeftAlone() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.last(1)),
            scheduled("theirs", "2020-01-30T03:00:00Z").of("other"),
            scheduled("ours", "2020-01-29T03:00:00Z"));

    assertThat(reasons(plan, "theirs")).containsExactly("it belongs to database 'other'");
    assertThat(reasons(plan, "ours")).contains("keep last 1: it is number 1");
  }

  @Test
  void adoptedBackupsStayUntilARuleIsGivenForThem() {
    Sample adopted = scheduled("adopted", "2020-01-30T03:00:00Z").by(Trigger.ADOPTED);
    Sample ours = scheduled("ours", "2026-01-29T03:00:00Z");

    assertThat(deleted(plan(BackupPolicy.sop001(), adopted, ours))).isEmpty();
    assertThat(
            deleted(
                plan(
                    BackupPolicy.sop001().toBuilder()
                        .retain(Trigger.ADOPTED, RetentionRule.age(Duration.ofDays(90)))
                        .build(),
                    adopted,
                    ours)))
        .containsExactly("adopted");
  }

  @Test
  void backupsThatAreNotGoodPushNoOneOut() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.last(2)),
            scheduled("degraded", "2026-01-30T03:00:00Z").as(State.DEGRADED),
            scheduled("damaged", "2026-01-29T03:00:00Z").as(State.DAMAGED),
            scheduled("empty", "2026-01-28T03:00:00Z").as(State.RULE_NOT_MET),
            scheduled("good", "2026-01-02T03:00:00Z"),
            scheduled("good-too", "2026-01-01T03:00:00Z"));

    assertThat(deleted(plan)).isEmpty();
    assertThat(reasons(plan, "good-too")).containsExactly("keep last 2: it is number 2");
    assertThat(reasons(plan, "damaged"))
        .containsExactly(
            "it is not good but may still be mended, and then keep last 2: it is number 1",
            "it is not good but may still be mended, and 'good-too', which is older, is kept");
  }

  @Test
  void aBackupThatIsNotGoodGoesWhenEvenMendedNoRuleWouldKeepIt() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.last(2)),
            scheduled("good", "2026-01-30T03:00:00Z"),
            scheduled("good-too", "2026-01-23T03:00:00Z"),
            scheduled("damaged", "2026-01-16T03:00:00Z").as(State.DAMAGED));

    assertThat(deleted(plan)).containsExactly("damaged");
    assertThat(reasons(plan, "damaged"))
        .containsExactly(
            "it is not good", "keep last 2: there is no room beside 2 newer good ones");
  }

  @Test
  void aBackupThatIsNotGoodStaysWhileTooFewGoodOnesAreThere() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.last(2)),
            scheduled("good", "2026-01-30T03:00:00Z"),
            scheduled("degraded", "2026-01-16T03:00:00Z").as(State.DEGRADED),
            scheduled("degraded-too", "2026-01-09T03:00:00Z").as(State.DEGRADED));

    assertThat(deleted(plan)).isEmpty();
  }

  @Test
  void aBackupThatIsNotGoodStaysBesideAnOlderGoodOneThatIsKept() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.last(1)),
            scheduled("good", "2026-01-30T03:00:00Z"),
            scheduled("degraded", "2026-01-16T03:00:00Z").as(State.DEGRADED),
            scheduled("held", "2026-01-09T03:00:00Z").held("audit"));

    assertThat(reasons(plan, "degraded"))
        .containsExactly(
            "it is not good but may still be mended, and 'held', which is older, is kept");
  }

  @Test
  void nothingIsDeletedOnTheStrengthOfACatalogueThatIsNotWhole() {
    Catalogue whole =
        catalogue(
            scheduled("new", "2026-01-30T03:00:00Z"), scheduled("old", "2026-01-29T03:00:00Z"));
    Catalogue.Problem unreachable =
        new Catalogue.Problem("nas", null, "not mounted", Catalogue.Weight.FINDING);
    Catalogue.Problem unreadable =
        new Catalogue.Problem("disk", "x.sql.gz", "no manifest", Catalogue.Weight.BLOCKS);

    RetentionPlan notWhole = plan(new Catalogue(whole.entries(), List.of(unreachable), false));
    RetentionPlan problem =
        plan(new Catalogue(whole.entries(), List.of(unreachable, unreadable), true));
    RetentionPlan harmless = plan(new Catalogue(whole.entries(), List.of(unreachable), true));

    assertThat(notWhole.blocked())
        .isEqualTo(
            "nothing may be deleted while the catalogue cannot be read whole: storage 'nas': not mounted");
    assertThat(problem.blocked())
        .isEqualTo(
            "nothing may be deleted before this is mended: storage 'disk' 'x.sql.gz': no manifest");
    assertThat(List.of(notWhole, problem)).allSatisfy(p -> assertThat(p.deletions()).isEmpty());
    assertThat(notWhole.decisions())
        .allSatisfy(d -> assertThat(d.reasons()).containsExactly(notWhole.blocked()));
    assertThat(harmless.blocked()).isNull();
    assertThat(deleted(harmless)).containsExactly("old");
  }

  @Test
  void theDigestIsTheSameLaterUnlessADecisionChanges() {
    BackupPolicy policy = policy(RetentionRule.age(Duration.ofDays(10)));
    Catalogue catalogue =
        catalogue(
            scheduled("new", "2026-01-30T03:00:00Z"), scheduled("old", "2026-01-25T03:00:00Z"));

    RetentionPlan shown = RetentionPlanner.plan(policy, catalogue, "db", NOW);

    assertThat(RetentionPlanner.plan(policy, catalogue, "db", NOW.plusSeconds(3600)).digest())
        .isEqualTo(shown.digest());
    assertThat(
            RetentionPlanner.plan(policy, catalogue, "db", NOW.plus(Duration.ofDays(5))).digest())
        .isNotEqualTo(shown.digest());
  }

  @Test
  void thePlanIsSafeAsLongAsNothingItRestsOnChanges() {
    Sample newest = scheduled("newest", "2026-01-30T03:00:00Z");
    Sample older = scheduled("older", "2026-01-23T03:00:00Z");
    Sample oldest = scheduled("oldest", "2026-01-16T03:00:00Z");
    Sample since = scheduled("since", "2026-01-31T15:00:00Z");
    RetentionPlan plan = plan(policy(RetentionRule.last(2)), newest, older, oldest);
    assertThat(deleted(plan)).containsExactly("oldest");

    assertThat(objections(plan, newest, older, oldest)).isEmpty();
    assertThat(objections(plan, since, newest, older, oldest)).isEmpty();
    assertThat(objections(plan, newest, older)).isEmpty();
    assertThat(objections(plan, newest, older, oldest.held("audit")))
        .containsExactly("'oldest' is to be kept now: it is held: audit");
    assertThat(objections(plan, newest, older, oldest.rerun("another run")))
        .containsExactly("'oldest' is not the backup that was shown: its manifest is another");
    assertThat(objections(plan, newest, older.as(State.DAMAGED), oldest))
        .containsExactly("'oldest' is to be kept now: keep last 2: it is number 2");
    assertThat(objections(plan, newest, oldest))
        .containsExactly("'oldest' is to be kept now: keep last 2: it is number 2");
    assertThat(objections(plan, since.as(State.DAMAGED), oldest))
        .singleElement()
        .asString()
        .contains("newest good");
    assertThat(RetentionPlanner.stillSafe(plan, catalogue(newest, older, oldest))).isTrue();
    assertThat(RetentionPlanner.stillSafe(plan, catalogue(newest, oldest))).isFalse();
  }

  @Test
  void noPlanIsSafeWhileTheCatalogueIsNotWhole() {
    Sample newest = scheduled("newest", "2026-01-30T03:00:00Z");
    Sample oldest = scheduled("oldest", "2026-01-16T03:00:00Z");
    RetentionPlan plan = plan(policy(RetentionRule.last(1)), newest, oldest);
    Catalogue notWhole = new Catalogue(catalogue(newest, oldest).entries(), List.of(), false);

    assertThat(RetentionPlanner.objections(plan, notWhole))
        .first()
        .isEqualTo("nothing may be deleted while the catalogue cannot be read whole");
    assertThat(RetentionPlanner.objections(plan(notWhole), catalogue(newest, oldest))).hasSize(1);
  }

  @Test
  void deletionsAreOldestFirstAndTheirBytesAreCounted() {
    RetentionPlan plan =
        plan(
            policy(RetentionRule.last(1)),
            scheduled("new", "2026-01-30T03:00:00Z"),
            scheduled("old", "2026-01-29T03:00:00Z"),
            scheduled("older", "2026-01-28T03:00:00Z"));

    assertThat(plan.deletions()).extracting(d -> d.id().value()).containsExactly("older", "old");
    assertThat(plan.bytesFreed()).isEqualTo(2_000);
  }

  @Test
  void aDecisionNeedsAReasonAndABlockedPlanDeletesNothing() {
    CatalogueEntry entry = scheduled("x", "2026-01-30T03:00:00Z").entry();
    RetentionDecision deletion = new RetentionDecision(entry, Action.DELETE, List.of("because"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetentionDecision(entry, Action.KEEP, List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new RetentionPlan(
                    "db",
                    BackupPolicy.sop001().retention(),
                    Immutability.NONE,
                    NOW,
                    "blocked",
                    List.of(deletion)));
  }

  @Test
  void halfAYearOfTheSopsSundays() {
    Instant last = Instant.parse("2026-01-25T03:00:00Z");
    Sample[] sundays =
        IntStream.range(0, 30)
            .mapToObj(i -> scheduled("week-" + i, last.minus(Duration.ofDays(7L * i)).toString()))
            .toArray(Sample[]::new);

    assertThat(deleted(plan(BackupPolicy.sop001(), sundays)))
        .containsExactly("week-29", "week-28", "week-27", "week-26");
  }

  private static BackupPolicy policy(RetentionRule... rules) {
    return BackupPolicy.builder()
        .rpo(Duration.ofDays(8))
        .rto(Duration.ofHours(4))
        .retain(Trigger.SCHEDULED, rules)
        .build();
  }

  private static RetentionPlan plan(BackupPolicy policy, Sample... backups) {
    return RetentionPlanner.plan(policy, catalogue(backups), "db", NOW);
  }

  private static RetentionPlan plan(Catalogue catalogue) {
    return RetentionPlanner.plan(policy(RetentionRule.last(1)), catalogue, "db", NOW);
  }

  private static List<String> objections(RetentionPlan plan, Sample... backups) {
    return RetentionPlanner.objections(plan, catalogue(backups));
  }

  private static List<String> deleted(RetentionPlan plan) {
    return plan.deletions().stream().map(d -> d.id().value()).toList();
  }

  private static List<String> reasons(RetentionPlan plan, String name) {
    return plan.decisions().stream()
        .filter(d -> d.id().value().equals(name))
        .findFirst()
        .orElseThrow()
        .reasons();
  }
}
