package com.conitrack.backup.core.retention;

import static com.conitrack.backup.core.retention.Sample.scheduled;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.CopyState.Removal;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.Immutability;
import com.conitrack.backup.core.policy.RetentionRule;
import com.conitrack.backup.core.retention.RetentionDecision.Action;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Storages with rules of their own, and copies that are locked. */
class CopyRetentionTest {
  private static final Instant NOW = Instant.parse("2026-01-20T12:00:00Z");
  private static final BackupPolicy POLICY =
      BackupPolicy.builder()
          .rpo(Duration.ofDays(2))
          .rto(Duration.ofHours(4))
          .retain(Trigger.SCHEDULED, RetentionRule.last(4))
          .retainIn("r2", Trigger.SCHEDULED, RetentionRule.last(2))
          .copiesRequired(2)
          .build();

  @Test
  void aBackupGoesFromOneStorageAndStaysInAnother() {
    RetentionPlan plan = plan(POLICY, both(1), both(2), both(3), both(4), both(5));

    assertThat(plan.deletions())
        .extracting(d -> d.id().value() + " " + d.action() + " " + d.deletedFrom())
        .containsExactly("day-5 DELETE [nas, r2]", "day-4 TRIM [r2]", "day-3 TRIM [r2]");
    assertThat(decision(plan, 3).reasons())
        .containsExactly(
            "nas: keep last 4: it is number 3",
            "r2: keep last 2: there is no room beside 2 newer good ones");
    assertThat(plan.bytesFreedIn("r2")).isEqualTo(3_000);
    assertThat(plan.bytesFreedIn("nas")).isEqualTo(1_000);
  }

  @Test
  void whatRetentionRemovedIsNotMissing() {
    CatalogueEntry trimmed = entry(3, proved("nas"), removed("r2"));

    assertThat(trimmed.good()).isTrue();
    assertThat(plan(POLICY, both(1), both(2), trimmed).deletions()).isEmpty();
    assertThat(entry(3, proved("nas"), missing("r2")).good()).isFalse();
    assertThat(entry(3, missing("nas"), removed("r2")).good()).isFalse();
  }

  @Test
  void aCopyRemovedUnprovedDoesNotMakeTheBackupGood() {
    CopyState removed =
        new CopyState(
            "r2",
            false,
            VerificationLevel.NONE,
            null,
            null,
            null,
            new Removal(NOW, VerificationLevel.NONE));

    assertThat(entry(3, proved("nas"), removed).good()).isFalse();
  }

  @Test
  void theLastProvedCopyStaysWhileAnyStorageKeepsTheBackup() {
    BackupPolicy one = POLICY.toBuilder().copiesRequired(1).build();
    RetentionPlan plan =
        plan(one, both(1), both(2), entry(3, missing("nas"), proved("r2")), both(4));

    assertThat(decision(plan, 3).action()).isEqualTo(Action.KEEP);
    assertThat(decision(plan, 3).reasons())
        .contains("r2: no proved copy is left elsewhere, and the rules of storage 'nas' keep it");
    assertThat(decision(plan, 4).deletedFrom()).containsExactly("r2");
  }

  @Test
  void theNewestCopyOfAStorageStaysThoughOthersHaveNewerOnes() {
    BackupPolicy days =
        POLICY.toBuilder()
            .copiesRequired(1)
            .retainIn("r2", Trigger.SCHEDULED, RetentionRule.age(Duration.ofDays(2)))
            .build();
    RetentionPlan plan = plan(days, enough(1, proved("nas"), missing("r2")), both(3), both(4));

    assertThat(decision(plan, 3).reasons())
        .contains("r2: it is the newest good backup with a proved copy here");
    assertThat(decision(plan, 4).deletedFrom()).containsExactly("r2");
  }

  @Test
  void tellsWhatAStorageWouldKeepIfItHadIt() {
    RetentionPlan plan =
        plan(
            POLICY,
            entry(1, proved("nas"), missing("r2")),
            both(2),
            entry(3, proved("nas"), removed("r2")),
            entry(4, proved("nas"), missing("r2")));

    assertThat(decision(plan, 1).keptIn("r2")).isTrue();
    assertThat(decision(plan, 2).keptIn("r2")).isTrue();
    assertThat(decision(plan, 3).keptIn("r2")).isFalse();
    assertThat(decision(plan, 4).keptIn("r2")).isFalse();
    assertThat(decision(plan, 4).keptIn("nas")).isTrue();
  }

  @Test
  void aLockedCopyStaysAndHoldsUpNoOther() {
    Instant until = NOW.plus(Duration.ofDays(3));
    BackupPolicy same = policy(Immutability.NONE);
    RetentionPlan plan = plan(same, both(1), both(2), entry(3, proved("nas"), locked("r2", until)));

    assertThat(decision(plan, 3).action()).isEqualTo(Action.TRIM);
    assertThat(decision(plan, 3).deletedFrom()).containsExactly("nas");
    assertThat(decision(plan, 3).reasons())
        .contains("r2: the storage keeps it locked until " + until);
    assertThat(
            RetentionPlanner.plan(
                    same,
                    new Catalogue(
                        List.of(both(1), both(2), entry(3, removed("nas"), locked("r2", until))),
                        List.of(),
                        true),
                    "db",
                    until)
                .deletions())
        .extracting(RetentionDecision::action)
        .containsExactly(Action.DELETE);
  }

  @Test
  void whatThePolicyRequiresToBeImmutableCountsAsLocked() {
    BackupPolicy required = policy(Immutability.required(Duration.ofDays(10), "r2"));
    BackupPolicy possible = policy(Immutability.wherePossible(Duration.ofDays(10), "r2"));

    assertThat(decision(plan(required, both(1), both(2), both(3)), 3).deletedFrom())
        .containsExactly("nas");
    assertThat(decision(plan(required, both(1), both(2), both(11)), 11).deletedFrom())
        .containsExactly("nas", "r2");
    assertThat(decision(plan(possible, both(1), both(2), both(3)), 3).isDeletion()).isTrue();
  }

  @Test
  void aPlanThatWouldNowDeleteTheLastCopyIsObjectedTo() {
    RetentionPlan plan = plan(POLICY, both(1), both(2), both(3));
    Catalogue fresh =
        new Catalogue(
            List.of(both(1), both(2), entry(3, missing("nas"), proved("r2"))), List.of(), true);

    assertThat(RetentionPlanner.objections(plan, fresh))
        .singleElement()
        .asString()
        .isEqualTo(
            "'day-3' is to be kept now in r2: no proved copy is left elsewhere,"
                + " and the rules of storage 'nas' keep it");
  }

  @Test
  void theDigestTellsStoragesApart() {
    CatalogueEntry entry = both(3);
    CopyDecision keep = new CopyDecision("nas", Action.KEEP, List.of("why"));
    CopyDecision delete = new CopyDecision("r2", Action.DELETE, List.of("why"));
    CopyDecision swapped = new CopyDecision("r2", Action.KEEP, List.of("why"));

    assertThat(digest(entry, keep, delete)).isNotEqualTo(digest(entry, keep, swapped));
    assertThat(digest(entry, keep)).isNotEqualTo(digest(entry, keep, swapped));
  }

  private static String digest(CatalogueEntry entry, CopyDecision... copies) {
    RetentionDecision decision = new RetentionDecision(entry, List.of(copies), Set.of());
    return new RetentionPlan(
            "db", POLICY.retention(), Immutability.NONE, NOW, null, List.of(decision))
        .digest()
        .hex();
  }

  private static BackupPolicy policy(Immutability immutability) {
    return BackupPolicy.builder()
        .rpo(Duration.ofDays(2))
        .rto(Duration.ofHours(4))
        .retain(Trigger.SCHEDULED, RetentionRule.last(2))
        .copiesRequired(2)
        .immutability(immutability)
        .build();
  }

  private static RetentionPlan plan(BackupPolicy policy, CatalogueEntry... entries) {
    return RetentionPlanner.plan(
        policy, new Catalogue(Arrays.asList(entries), List.of(), true), "db", NOW);
  }

  private static RetentionDecision decision(RetentionPlan plan, int day) {
    return plan.decisions().stream()
        .filter(d -> d.id().value().equals("day-" + day))
        .findFirst()
        .orElseThrow();
  }

  private static CatalogueEntry both(int daysAgo) {
    return entry(daysAgo, proved("nas"), proved("r2"));
  }

  private static CatalogueEntry entry(int daysAgo, CopyState... copies) {
    Instant at = NOW.minus(Duration.ofDays(daysAgo));
    return scheduled("day-" + daysAgo, at.toString())
        .as(Sample.State.DEGRADED)
        .entryWith(List.of(copies));
  }

  /** One that is good with a single copy. */
  private static CatalogueEntry enough(int daysAgo, CopyState... copies) {
    Instant at = NOW.minus(Duration.ofDays(daysAgo));
    return scheduled("day-" + daysAgo, at.toString()).entryWith(List.of(copies));
  }

  private static CopyState proved(String storage) {
    return new CopyState(storage, true, VerificationLevel.STORED, NOW, null);
  }

  private static CopyState locked(String storage, Instant until) {
    return new CopyState(storage, true, VerificationLevel.STORED, NOW, null, until, null);
  }

  private static CopyState missing(String storage) {
    return new CopyState(storage, false, VerificationLevel.NONE, null, "it is missing");
  }

  private static CopyState removed(String storage) {
    return new CopyState(
        storage,
        false,
        VerificationLevel.NONE,
        null,
        null,
        null,
        new Removal(NOW, VerificationLevel.STORED));
  }
}
