package com.conitrack.backup.core.retention;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.Retention;
import com.conitrack.backup.core.retention.RetentionDecision.Action;
import com.conitrack.backup.core.retention.TriggerReview.Opinion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The backups of one database, and all that is for and against keeping each in storages that share
 * their rules.
 */
final class DatabaseReview {
  private final Instant now;
  private final List<CatalogueEntry> entries;
  private final Predicate<CatalogueEntry> counted;
  private final Map<BackupId, List<String>> forIt = new HashMap<>();
  private final Map<BackupId, List<String>> against = new HashMap<>();

  /**
   * @param retention the rules of these storages
   * @param counted which backups count in the rules
   * @param entries the database's backups, newest first
   */
  DatabaseReview(
      Retention retention,
      Predicate<CatalogueEntry> counted,
      List<CatalogueEntry> entries,
      Instant now) {
    this.now = now;
    this.entries = entries;
    this.counted = counted;
    protect();
    applyRules(retention);
    keepWhatMayStandIn();
  }

  /** Whether these storages keep a backup, and why. */
  Verdict judge(CatalogueEntry entry) {
    List<String> reasons = forIt.getOrDefault(entry.id(), List.of());
    return reasons.isEmpty()
        ? new Verdict(Action.DELETE, against.getOrDefault(entry.id(), List.of()))
        : new Verdict(Action.KEEP, reasons);
  }

  record Verdict(Action action, List<String> reasons) {
    boolean keeps() {
      return action == Action.KEEP;
    }
  }

  private void protect() {
    Predicate<CatalogueEntry> good = e -> isDated(e) && e.good();
    Predicate<CatalogueEntry> restored =
        e -> isDated(e) && e.level().atLeast(VerificationLevel.RESTORED);
    first(good).ifPresent(e -> keep(e, "it is the newest good backup"));
    Optional<CatalogueEntry> drilled = first(restored);
    drilled.ifPresent(e -> keep(e, "it is the newest that has passed a drill"));
    drilled
        .filter(e -> !e.good())
        .flatMap(e -> first(good.and(restored)))
        .ifPresent(e -> keep(e, "it is the newest good one that has passed a drill"));
    for (CatalogueEntry entry : entries) {
      if (entry.hold() != null) {
        keep(entry, "it is held: " + entry.hold());
      }
      if (!isDated(entry)) {
        keep(
            entry,
            "it is dated in the future, so some clock was wrong: " + entry.manifest().startedAt());
      }
    }
  }

  private void applyRules(Retention retention) {
    Map<Trigger, TriggerReview> reviews = new EnumMap<>(Trigger.class);
    for (CatalogueEntry entry : entries) {
      if (isDated(entry)) {
        Opinion opinion =
            reviews
                .computeIfAbsent(
                    entry.manifest().trigger(), t -> new TriggerReview(retention, t, counted, now))
                .next(entry);
        opinion.forIt().forEach(reason -> keep(entry, reason));
        against.put(entry.id(), opinion.against());
      }
    }
  }

  /**
   * Goes from the oldest on: whatever is newer than a good one that is kept stays if it is not
   * good.
   */
  private void keepWhatMayStandIn() {
    Map<Trigger, CatalogueEntry> oldestGood = new EnumMap<>(Trigger.class);
    for (int i = entries.size() - 1; i >= 0; i--) {
      CatalogueEntry entry = entries.get(i);
      Trigger trigger = entry.manifest().trigger();
      CatalogueEntry older = oldestGood.get(trigger);
      if (counted.test(entry)) {
        if (forIt.containsKey(entry.id())) {
          oldestGood.putIfAbsent(trigger, entry);
        }
      } else if (older != null) {
        keep(
            entry,
            TriggerReview.lack(entry)
                + " but may still be mended, and '"
                + older.id()
                + "', which is older, is kept");
      }
    }
  }

  private boolean isDated(CatalogueEntry entry) {
    return !entry.manifest().startedAt().isAfter(now);
  }

  private Optional<CatalogueEntry> first(Predicate<CatalogueEntry> which) {
    return entries.stream().filter(which).findFirst();
  }

  private void keep(CatalogueEntry entry, String reason) {
    forIt.computeIfAbsent(entry.id(), id -> new ArrayList<>()).add(reason);
  }
}
