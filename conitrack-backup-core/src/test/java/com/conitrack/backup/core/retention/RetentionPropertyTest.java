package com.conitrack.backup.core.retention;

import static com.conitrack.backup.core.retention.Sample.catalogue;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.BackupPolicyBuilder;
import com.conitrack.backup.core.policy.RetentionRule;
import com.conitrack.backup.core.policy.RetentionRule.KeepLast;
import com.conitrack.backup.core.retention.RetentionDecision.Action;
import com.conitrack.backup.core.retention.Sample.State;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What retention never does, whatever the catalogue and the policy. */
class RetentionPropertyTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Property
  void theNewestGoodOneIsNeverDeleted(
      @ForAll("catalogues") List<Sample> backups, @ForAll("policies") BackupPolicy policy) {
    assertNewestStays(policy, backups, CatalogueEntry::good);
  }

  @Property
  void theNewestThatPassedADrillIsNeverDeleted(
      @ForAll("catalogues") List<Sample> backups, @ForAll("policies") BackupPolicy policy) {
    Predicate<CatalogueEntry> drilled = e -> e.level() == VerificationLevel.RESTORED;

    assertNewestStays(policy, backups, drilled);
    assertNewestStays(policy, backups, drilled.and(CatalogueEntry::good));
  }

  private static void assertNewestStays(
      BackupPolicy policy, List<Sample> backups, Predicate<CatalogueEntry> which) {
    Catalogue catalogue = catalogue(backups);
    Set<Instant> begun =
        catalogue.entries().stream()
            .filter(e -> e.manifest().database().name().equals("db"))
            .filter(which)
            .map(e -> e.manifest().startedAt())
            .filter(at -> !at.isAfter(NOW))
            .collect(Collectors.toSet());
    if (!begun.isEmpty()) {
      Instant newest = Collections.max(begun);
      assertThat(plan(policy, catalogue).decisions())
          .filteredOn(d -> d.entry().manifest().startedAt().equals(newest))
          .filteredOn(
              d -> d.entry().manifest().database().name().equals("db") && which.test(d.entry()))
          .anySatisfy(d -> assertThat(d.action()).isEqualTo(Action.KEEP));
    }
  }

  @Property
  void whatIsHeldOrOthersOrFromTheFutureOrWithoutRulesIsNeverDeleted(
      @ForAll("catalogues") List<Sample> backups, @ForAll("policies") BackupPolicy policy) {
    assertThat(plan(policy, catalogue(backups)).deletions())
        .allSatisfy(
            d -> {
              assertThat(d.entry().held()).isFalse();
              assertThat(d.entry().manifest().database().name()).isEqualTo("db");
              assertThat(d.entry().manifest().startedAt()).isBeforeOrEqualTo(NOW);
              assertThat(policy.retention().of(d.entry().manifest().trigger())).isNotEmpty();
            });
  }

  @Property
  void nothingIsDeletedFromACatalogueThatIsNotWholeOrHasABlockingProblem(
      @ForAll("catalogues") List<Sample> backups, @ForAll("policies") BackupPolicy policy) {
    List<CatalogueEntry> entries = catalogue(backups).entries();
    Catalogue.Problem problem =
        new Catalogue.Problem("disk", null, "cannot be read", Catalogue.Weight.BLOCKS);

    for (Catalogue catalogue :
        List.of(
            new Catalogue(entries, List.of(), false),
            new Catalogue(entries, List.of(problem), true))) {
      RetentionPlan plan = plan(policy, catalogue);
      assertThat(plan.blocked()).isNotBlank();
      assertThat(plan.decisions()).hasSameSizeAs(entries).noneMatch(RetentionDecision::isDeletion);
    }
  }

  @Property
  void backupsThatAreNotGoodNeverChangeWhatBecomesOfGoodOnes(
      @ForAll("catalogues") List<Sample> backups,
      @ForAll("catalogues") List<Sample> more,
      @ForAll("policies") BackupPolicy policy) {
    List<Sample> withMore = new ArrayList<>(backups);
    more.stream()
        .filter(b -> !b.state().good())
        .map(b -> b.named("more-" + b.name()).rerun("more-" + b.run()))
        .forEach(withMore::add);

    assertThat(deletedGood(plan(policy, catalogue(withMore))))
        .isEqualTo(deletedGood(plan(policy, catalogue(backups))));
  }

  private static Set<String> deletedGood(RetentionPlan plan) {
    return plan.deletions().stream()
        .filter(d -> d.entry().good())
        .map(d -> d.id().value())
        .collect(Collectors.toSet());
  }

  @Property
  void orderOfInputAndNamesChangeNothing(
      @ForAll("catalogues") List<Sample> backups,
      @ForAll("policies") BackupPolicy policy,
      @ForAll Random random) {
    List<Integer> numbers =
        new ArrayList<>(Stream.iterate(0, i -> i + 1).limit(backups.size()).toList());
    Collections.shuffle(numbers, random);
    List<Sample> renamed = new ArrayList<>();
    for (int i = 0; i < backups.size(); i++) {
      renamed.add(backups.get(i).named("renamed-" + numbers.get(i)));
    }
    Collections.shuffle(renamed, random);

    assertThat(deletedRuns(plan(policy, catalogue(renamed))))
        .isEqualTo(deletedRuns(plan(policy, catalogue(backups))));
  }

  @Property
  void orderOfInputChangesNoWordOfThePlan(
      @ForAll("catalogues") List<Sample> backups,
      @ForAll("policies") BackupPolicy policy,
      @ForAll Random random) {
    List<Sample> shuffled = new ArrayList<>(backups);
    Collections.shuffle(shuffled, random);

    assertThat(plan(policy, catalogue(shuffled)).digest())
        .isEqualTo(plan(policy, catalogue(backups)).digest());
  }

  private static Set<String> deletedRuns(RetentionPlan plan) {
    return plan.deletions().stream()
        .map(d -> d.entry().manifest().run())
        .collect(Collectors.toSet());
  }

  @Property
  void keepLastLeavesThatManyGoodOnes(
      @ForAll("catalogues") List<Sample> backups, @ForAll("policies") BackupPolicy policy) {
    RetentionPlan plan = plan(policy, catalogue(backups));

    for (Trigger trigger : Trigger.values()) {
      List<RetentionDecision> good =
          plan.decisions().stream()
              .filter(d -> d.entry().good() && d.entry().manifest().trigger() == trigger)
              .filter(d -> d.entry().manifest().database().name().equals("db"))
              .filter(d -> !d.entry().manifest().startedAt().isAfter(NOW))
              .toList();
      for (RetentionRule rule : policy.retention().of(trigger)) {
        if (rule instanceof KeepLast last) {
          assertThat(good.stream().filter(d -> !d.isDeletion()).count())
              .isGreaterThanOrEqualTo(Math.min(last.count(), good.size()));
        }
      }
    }
  }

  @Property
  void onceExecutedThereIsNothingMoreToDelete(
      @ForAll("catalogues") List<Sample> backups, @ForAll("policies") BackupPolicy policy) {
    RetentionPlan plan = plan(policy, catalogue(backups));

    assertThat(plan(policy, without(backups, plan.deletions())).deletions()).isEmpty();
  }

  @Property
  void anInterruptedExecutionCanBeTakenUp(
      @ForAll("catalogues") List<Sample> backups,
      @ForAll("policies") BackupPolicy policy,
      @ForAll Random random) {
    RetentionPlan plan = plan(policy, catalogue(backups));
    List<RetentionDecision> done =
        plan.deletions().stream().filter(d -> random.nextBoolean()).toList();
    Catalogue rest = without(backups, done);

    assertThat(RetentionPlanner.objections(plan, rest)).isEmpty();
    assertThat(deletedRuns(plan(policy, rest)))
        .isEqualTo(
            plan.deletions().stream()
                .filter(d -> !done.contains(d))
                .map(d -> d.entry().manifest().run())
                .collect(Collectors.toSet()));
  }

  @Property
  void afterAnyLossAPlanIsOnlySafeIfTheSameWouldBeDeletedAgain(
      @ForAll("catalogues") List<Sample> backups,
      @ForAll("policies") BackupPolicy policy,
      @ForAll Random random) {
    RetentionPlan plan = plan(policy, catalogue(backups));
    List<Sample> damaged =
        backups.stream().map(b -> random.nextInt(4) == 0 ? b.as(State.DAMAGED) : b).toList();

    Set<String> deletedNow = deletedRuns(plan(policy, catalogue(damaged)));

    assertThat(RetentionPlanner.stillSafe(plan, catalogue(damaged)))
        .isEqualTo(deletedNow.containsAll(deletedRuns(plan)));
  }

  @Property
  void everyBackupHasOneDecisionWithAReason(
      @ForAll("catalogues") List<Sample> backups, @ForAll("policies") BackupPolicy policy) {
    RetentionPlan plan = plan(policy, catalogue(backups));

    assertThat(plan.decisions())
        .extracting(d -> d.id().value())
        .containsExactlyInAnyOrderElementsOf(backups.stream().map(Sample::name).toList());
    assertThat(plan.decisions())
        .allSatisfy(d -> assertThat(d.reasons()).isNotEmpty().noneMatch(String::isBlank));
  }

  @Property
  void theDigestTellsEveryChange(
      @ForAll("catalogues") List<Sample> backups,
      @ForAll("policies") BackupPolicy policy,
      @ForAll Random random) {
    RetentionPlan plan = plan(policy, catalogue(backups));
    if (plan.decisions().isEmpty()) {
      return;
    }
    int changed = random.nextInt(plan.decisions().size());
    RetentionDecision was = plan.decisions().get(changed);
    Action other = was.isDeletion() ? Action.KEEP : Action.DELETE;

    assertThat(
            with(plan, changed, new RetentionDecision(was.entry(), other, was.reasons())).digest())
        .isNotEqualTo(plan.digest());
    assertThat(
            with(
                    plan,
                    changed,
                    new RetentionDecision(was.entry(), was.action(), List.of("for fun")))
                .digest())
        .isNotEqualTo(plan.digest());
    assertThat(with(plan, changed, was).digest()).isEqualTo(plan.digest());
  }

  private static RetentionPlan with(RetentionPlan plan, int index, RetentionDecision decision) {
    List<RetentionDecision> decisions = new ArrayList<>(plan.decisions());
    decisions.set(index, decision);
    return new RetentionPlan(
        plan.database(), plan.retention(), plan.immutability(), plan.createdAt(), null, decisions);
  }

  private static Catalogue without(List<Sample> backups, List<RetentionDecision> deleted) {
    Set<String> names = deleted.stream().map(d -> d.id().value()).collect(Collectors.toSet());
    return catalogue(backups.stream().filter(b -> !names.contains(b.name())).toList());
  }

  private static RetentionPlan plan(BackupPolicy policy, Catalogue catalogue) {
    return RetentionPlanner.plan(policy, catalogue, "db", NOW);
  }

  /** Ages in steps of six hours, so that instants coincide and days hold several. */
  @Provide
  Arbitrary<List<Sample>> catalogues() {
    Arbitrary<Integer> ages =
        Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(6, Arbitraries.integers().between(0, 60)),
            net.jqwik.api.Tuple.of(6, Arbitraries.integers().between(0, 4 * 800)),
            net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(-40, -1)));
    Arbitrary<String> databases = Arbitraries.of("db", "db", "db", "other");
    Arbitrary<State> states =
        Arbitraries.frequency(
            net.jqwik.api.Tuple.of(6, State.GOOD),
            net.jqwik.api.Tuple.of(1, State.DRILLED),
            net.jqwik.api.Tuple.of(2, State.DEGRADED),
            net.jqwik.api.Tuple.of(1, State.DEGRADED_DRILLED),
            net.jqwik.api.Tuple.of(1, State.DAMAGED),
            net.jqwik.api.Tuple.of(1, State.RULE_NOT_MET));
    Arbitrary<String> holds = Arbitraries.just("audit").injectNull(0.9);
    Arbitrary<Trigger> triggers =
        Arbitraries.of(Trigger.SCHEDULED, Trigger.SCHEDULED, Trigger.MANUAL, Trigger.ADOPTED);
    return Combinators.combine(ages, databases, triggers, states, holds)
        .as(
            (age, database, trigger, state, hold) ->
                new Sample(
                    "x",
                    "x",
                    database,
                    trigger,
                    NOW.minus(Duration.ofHours(6L * age)),
                    state,
                    hold))
        .list()
        .ofMaxSize(40)
        .map(RetentionPropertyTest::numbered);
  }

  private static List<Sample> numbered(List<Sample> backups) {
    List<Sample> numbered = new ArrayList<>();
    for (int i = 0; i < backups.size(); i++) {
      numbered.add(backups.get(i).named("backup-" + i).rerun("run-" + (i * 7919) % 104_729));
    }
    return numbered;
  }

  @Provide
  Arbitrary<BackupPolicy> policies() {
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 6);
    Arbitrary<RetentionRule> rules =
        Arbitraries.oneOf(
            few.map(RetentionRule::last),
            few.map(n -> RetentionRule.age(Duration.ofDays(n * 5L))),
            few.map(RetentionRule::daily),
            few.map(RetentionRule::weekly),
            few.map(RetentionRule::monthly),
            few.map(RetentionRule::yearly));
    Arbitrary<RetentionRule[]> some = rules.array(RetentionRule[].class).ofMinSize(0).ofMaxSize(3);
    Arbitrary<ZoneId> zones =
        Arbitraries.of("UTC", "America/Argentina/Buenos_Aires", "Pacific/Apia").map(ZoneId::of);
    return Combinators.combine(some, some, some, zones).as(RetentionPropertyTest::policy);
  }

  private static BackupPolicy policy(
      RetentionRule[] scheduled, RetentionRule[] manual, RetentionRule[] adopted, ZoneId zone) {
    BackupPolicyBuilder builder =
        BackupPolicy.builder().rpo(Duration.ofDays(1)).rto(Duration.ofHours(1));
    return builder
        .retain(Trigger.SCHEDULED, scheduled)
        .retain(Trigger.MANUAL, manual)
        .retain(Trigger.ADOPTED, adopted)
        .retentionZone(zone)
        .build();
  }
}
