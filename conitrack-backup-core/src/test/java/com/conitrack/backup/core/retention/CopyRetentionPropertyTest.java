package com.conitrack.backup.core.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.CopyState.Removal;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.RetentionRule;
import com.conitrack.backup.core.retention.RetentionDecision.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What retention never does when storages have rules of their own. */
class CopyRetentionPropertyTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<String> STORAGES = List.of("nas", "r2", "usb");

  @Property
  void theNewestGoodOneAndHeldOnesStayEverywhere(
      @ForAll("catalogues") Catalogue catalogue, @ForAll("policies") BackupPolicy policy) {
    RetentionPlan plan = plan(policy, catalogue);

    catalogue
        .newestGood("db")
        .ifPresent(newest -> assertThat(decision(plan, newest).deletedFrom()).isEmpty());
    assertThat(plan.deletions()).noneMatch(decision -> decision.entry().held());
  }

  @Property
  void noStorageLosesTheNewestGoodBackupThatItHasProved(
      @ForAll("catalogues") Catalogue catalogue, @ForAll("policies") BackupPolicy policy) {
    RetentionPlan plan = plan(policy, catalogue);

    for (String storage : STORAGES) {
      catalogue.entries().stream()
          .filter(entry -> entry.good() && isProvedIn(entry, storage))
          .findFirst()
          .ifPresent(
              newest -> assertThat(decision(plan, newest).deletedFrom()).doesNotContain(storage));
    }
  }

  @Property
  void theLastProvedCopyGoesOnlyWithTheWholeBackup(
      @ForAll("catalogues") Catalogue catalogue, @ForAll("policies") BackupPolicy policy) {
    for (RetentionDecision decision : plan(policy, catalogue).decisions()) {
      if (decision.action() != Action.DELETE && decision.entry().provedCopies() > 0) {
        assertThat(without(decision).provedCopies()).as("%s", decision).isPositive();
      }
    }
  }

  @Property
  void aGoodBackupThatGoesFromSomeStoragesStaysGood(
      @ForAll("catalogues") Catalogue catalogue, @ForAll("policies") BackupPolicy policy) {
    for (RetentionDecision decision : plan(policy, catalogue).decisions()) {
      if (decision.action() == Action.TRIM) {
        assertThat(without(decision).good()).isEqualTo(decision.entry().good());
      }
    }
  }

  @Property
  void onceExecutedThereIsNothingMoreToDeleteAndNothingToBringBack(
      @ForAll("catalogues") Catalogue catalogue, @ForAll("policies") BackupPolicy policy) {
    RetentionPlan plan = plan(policy, catalogue);
    List<CatalogueEntry> left = new ArrayList<>();
    for (RetentionDecision decision : plan.decisions()) {
      if (decision.action() != Action.DELETE) {
        left.add(without(decision));
      }
    }
    RetentionPlan again = plan(policy, new Catalogue(left, List.of(), true));

    assertThat(again.deletions()).isEmpty();
    for (RetentionDecision decision : again.decisions()) {
      decision.entry().copies().stream()
          .filter(copy -> copy.removed() && decision.entry().provedCopies() > 0)
          .forEach(copy -> assertThat(decision.keptIn(copy.storage())).as("%s", copy).isFalse());
    }
  }

  @Property
  void whatIsDeletedWouldNotBeKeptThere(
      @ForAll("catalogues") Catalogue catalogue, @ForAll("policies") BackupPolicy policy) {
    for (RetentionDecision decision : plan(policy, catalogue).decisions()) {
      assertThat(decision.deletedFrom()).noneMatch(decision::keptIn);
    }
  }

  private static RetentionPlan plan(BackupPolicy policy, Catalogue catalogue) {
    return RetentionPlanner.plan(policy, catalogue, "db", NOW);
  }

  private static RetentionDecision decision(RetentionPlan plan, CatalogueEntry entry) {
    return plan.decision(entry.id()).orElseThrow();
  }

  private static boolean isProvedIn(CatalogueEntry entry, String storage) {
    return entry.copies().stream().anyMatch(c -> c.proved() && storage.equals(c.storage()));
  }

  /** The backup as the catalogue shows it once its decision has been carried out. */
  private static CatalogueEntry without(RetentionDecision decision) {
    CatalogueEntry entry = decision.entry();
    List<CopyState> copies =
        entry.copies().stream()
            .map(c -> decision.deletedFrom().contains(c.storage()) ? removed(c) : c)
            .toList();
    return new CatalogueEntry(entry.manifest(), entry.manifestSha256(), copies, entry.hold());
  }

  private static CopyState removed(CopyState copy) {
    return new CopyState(
        copy.storage(),
        false,
        VerificationLevel.NONE,
        null,
        null,
        null,
        new Removal(NOW, copy.level()));
  }

  @Provide
  Arbitrary<Catalogue> catalogues() {
    Arbitrary<Integer> ages = Arbitraries.integers().between(0, 80);
    Arbitrary<Boolean> strict = Arbitraries.of(true, false);
    Arbitrary<String> holds = Arbitraries.just("audit").injectNull(0.95);
    Arbitrary<List<String>> copies =
        Arbitraries.of("proved", "proved", "proved", "drilled", "missing", "damaged")
            .list()
            .ofSize(STORAGES.size());
    return Combinators.combine(ages, strict, holds, copies)
        .as(CopyRetentionPropertyTest::entry)
        .list()
        .ofMaxSize(25)
        .map(CopyRetentionPropertyTest::numbered);
  }

  private interface Numbered {
    CatalogueEntry of(int number);
  }

  private static Numbered entry(int age, boolean strict, String hold, List<String> states) {
    List<CopyState> copies = new ArrayList<>();
    for (int i = 0; i < states.size(); i++) {
      copies.add(copy(STORAGES.get(i), states.get(i)));
    }
    Instant at = NOW.minus(Duration.ofHours(6L * age + 1));
    return number ->
        new Sample(
                "backup-" + number,
                "run-" + number,
                "db",
                Trigger.SCHEDULED,
                at.minusSeconds(number),
                strict ? Sample.State.DEGRADED : Sample.State.GOOD,
                hold)
            .entryWith(copies);
  }

  private static Catalogue numbered(List<Numbered> entries) {
    List<CatalogueEntry> all = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      all.add(entries.get(i).of(i));
    }
    return new Catalogue(all, List.of(), true);
  }

  private static CopyState copy(String storage, String state) {
    return switch (state) {
      case "proved" -> new CopyState(storage, true, VerificationLevel.STORED, NOW, null);
      case "drilled" -> new CopyState(storage, true, VerificationLevel.RESTORED, NOW, null);
      case "damaged" -> new CopyState(storage, true, VerificationLevel.NONE, null, "damaged");
      default -> new CopyState(storage, false, VerificationLevel.NONE, null, "missing");
    };
  }

  @Provide
  Arbitrary<BackupPolicy> policies() {
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 6);
    Arbitrary<RetentionRule> rules =
        Arbitraries.oneOf(
            few.map(RetentionRule::last),
            few.map(n -> RetentionRule.age(Duration.ofDays(n * 2L))),
            few.map(RetentionRule::daily),
            few.map(RetentionRule::weekly));
    Arbitrary<RetentionRule[]> some = rules.array(RetentionRule[].class).ofMinSize(1).ofMaxSize(2);
    return Combinators.combine(some, some, Arbitraries.of(true, false))
        .as(
            (common, own, differ) -> {
              var builder =
                  BackupPolicy.builder()
                      .rpo(Duration.ofDays(1))
                      .rto(Duration.ofHours(1))
                      .retain(Trigger.SCHEDULED, common);
              return (differ ? builder.retainIn("r2", Trigger.SCHEDULED, own) : builder).build();
            });
  }
}
