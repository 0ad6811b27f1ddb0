package com.conitrack.backup.core.retention;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.RuleResult;
import com.conitrack.backup.core.policy.Immutability;
import com.conitrack.backup.core.policy.Retention;
import com.conitrack.backup.core.retention.DatabaseReview.Verdict;
import com.conitrack.backup.core.retention.RetentionDecision.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The storages of a catalogue, those that share their rules together, and what each decides. */
final class StorageGroups {
  private final Immutability immutability;
  private final Instant now;
  private final List<Group> groups = new ArrayList<>();
  private final Map<String, BackupId> newestProved = new HashMap<>();

  /**
   * @param actual judges what is there
   * @param complete judges as if every backup that can be mended were whole, here too
   */
  private record Group(Set<String> storages, DatabaseReview actual, DatabaseReview complete) {
    boolean holdsProved(CatalogueEntry entry) {
      return StorageGroups.holdsProved(entry, storages);
    }
  }

  /**
   * @param entries the database's backups, newest first
   */
  StorageGroups(
      Retention retention, Immutability immutability, List<CatalogueEntry> entries, Instant now) {
    this.immutability = immutability;
    this.now = now;
    Map<Retention, Set<String>> byRules = new LinkedHashMap<>();
    entries.stream()
        .flatMap(entry -> entry.copies().stream().map(CopyState::storage))
        .distinct()
        .forEach(
            name ->
                byRules.computeIfAbsent(retention.in(name), r -> new LinkedHashSet<>()).add(name));
    entries.stream()
        .filter(entry -> entry.good() && !entry.manifest().startedAt().isAfter(now))
        .forEach(this::noteNewest);
    byRules.forEach((rules, storages) -> groups.add(group(rules, storages, entries, now)));
  }

  private void noteNewest(CatalogueEntry entry) {
    entry.copies().stream()
        .filter(CopyState::proved)
        .forEach(copy -> newestProved.putIfAbsent(copy.storage(), entry.id()));
  }

  private static Group group(
      Retention rules, Set<String> storages, List<CatalogueEntry> entries, Instant now) {
    DatabaseReview complete = new DatabaseReview(rules, StorageGroups::isMendable, entries, now);
    DatabaseReview actual =
        new DatabaseReview(rules, e -> e.good() && holdsProved(e, storages), entries, now);
    return new Group(storages, actual, complete);
  }

  private static boolean holdsProved(CatalogueEntry entry, Set<String> storages) {
    return entry.copies().stream().anyMatch(c -> storages.contains(c.storage()) && c.proved());
  }

  private static boolean isMendable(CatalogueEntry entry) {
    return entry.provedCopies() > 0 && entry.manifest().rules().stream().allMatch(RuleResult::met);
  }

  RetentionDecision decide(CatalogueEntry entry) {
    Map<Group, Verdict> verdicts = new LinkedHashMap<>();
    groups.forEach(group -> verdicts.put(group, group.actual.judge(entry)));
    keepTheLastProvedCopy(entry, verdicts);
    List<CopyDecision> copies =
        entry.copies().stream()
            .filter(copy -> !copy.removed())
            .map(copy -> decide(entry, copy, of(copy.storage(), verdicts)))
            .toList();
    Set<String> unwanted =
        entry.copies().stream()
            .filter(copy -> !copy.present() && !wants(copy.storage(), entry))
            .map(CopyState::storage)
            .collect(Collectors.toSet());
    return new RetentionDecision(entry, copies, unwanted);
  }

  /**
   * As long as the rules of one storage keep a backup, the others let their proved copies go only
   * if one is left there.
   */
  private static void keepTheLastProvedCopy(CatalogueEntry entry, Map<Group, Verdict> verdicts) {
    List<Group> keeping =
        verdicts.entrySet().stream()
            .filter(verdict -> verdict.getValue().keeps())
            .map(Map.Entry::getKey)
            .toList();
    if (keeping.isEmpty() || keeping.stream().anyMatch(group -> group.holdsProved(entry))) {
      return;
    }
    String names =
        keeping.stream()
            .flatMap(group -> group.storages.stream())
            .map(name -> "'" + name + "'")
            .collect(Collectors.joining(", "));
    String reason =
        "no proved copy is left elsewhere, and the rules of storage " + names + " keep it";
    verdicts.replaceAll(
        (group, verdict) ->
            verdict.keeps() || !group.holdsProved(entry)
                ? verdict
                : new Verdict(Action.KEEP, List.of(reason)));
  }

  private CopyDecision decide(CatalogueEntry entry, CopyState copy, Verdict verdict) {
    if (verdict.keeps()) {
      return new CopyDecision(copy.storage(), Action.KEEP, verdict.reasons());
    }
    if (entry.id().equals(newestProved.get(copy.storage()))) {
      return keep(copy, "it is the newest good backup with a proved copy here");
    }
    Instant until = lockedUntil(entry, copy);
    return until == null
        ? new CopyDecision(copy.storage(), Action.DELETE, verdict.reasons())
        : keep(copy, "the storage keeps it locked until " + until);
  }

  private static CopyDecision keep(CopyState copy, String reason) {
    return new CopyDecision(copy.storage(), Action.KEEP, List.of(reason));
  }

  /** Until when a copy is known to be locked; null if nothing is known to keep it. */
  private @Nullable Instant lockedUntil(CatalogueEntry entry, CopyState copy) {
    Instant recorded = copy.lockedUntil();
    Instant asked =
        immutability.requiredOf(copy.storage()) && copy.present()
            ? entry.manifest().startedAt().plus(immutability.period())
            : null;
    Instant later =
        recorded == null || (asked != null && asked.isAfter(recorded)) ? asked : recorded;
    return later == null || !later.isAfter(now) ? null : later;
  }

  private boolean wants(String storage, CatalogueEntry entry) {
    return groups.stream()
        .filter(group -> group.storages.contains(storage))
        .anyMatch(group -> group.complete.judge(entry).keeps());
  }

  private static Verdict of(String storage, Map<Group, Verdict> verdicts) {
    return verdicts.entrySet().stream()
        .filter(verdict -> verdict.getKey().storages.contains(storage))
        .findFirst()
        .map(Map.Entry::getValue)
        .orElseThrow();
  }
}
