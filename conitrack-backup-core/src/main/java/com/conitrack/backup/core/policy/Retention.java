package com.conitrack.backup.core.policy;

import com.conitrack.backup.core.model.Trigger;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How long backups are kept, per trigger. A backup whose trigger has no rules is kept for ever.
 * Single storages may have rules of their own for some triggers, which stand in the place of the
 * others there.
 *
 * @param rules for each trigger the rules any of which keeps a backup
 * @param zone where a day, week, month or year of the calendar rules begins
 * @param storages by storage's name the rules that differ there; a trigger with an empty set is
 *     kept for ever there
 */
public record Retention(
    Map<Trigger, Set<RetentionRule>> rules,
    ZoneId zone,
    Map<String, Map<Trigger, Set<RetentionRule>>> storages) {
  /** Keeps everything. */
  public static final Retention KEEP_ALL = new Retention(Map.of(), ZoneOffset.UTC);

  public Retention {
    Map<Trigger, Set<RetentionRule>> copy = copy(rules);
    copy.values().removeIf(Set::isEmpty);
    rules = Collections.unmodifiableMap(copy);
    Map<String, Map<Trigger, Set<RetentionRule>>> own = new TreeMap<>();
    storages.forEach((name, differing) -> own.put(name, unmodifiable(differing)));
    own.values().removeIf(Map::isEmpty);
    storages = Collections.unmodifiableMap(own);
  }

  /** The same rules in every storage. */
  public Retention(Map<Trigger, Set<RetentionRule>> rules, ZoneId zone) {
    this(rules, zone, Map.of());
  }

  private static Map<Trigger, Set<RetentionRule>> copy(Map<Trigger, Set<RetentionRule>> rules) {
    Map<Trigger, Set<RetentionRule>> copy = new EnumMap<>(Trigger.class);
    rules.forEach(
        (trigger, set) -> copy.put(trigger, Collections.unmodifiableSet(new LinkedHashSet<>(set))));
    return copy;
  }

  private static Map<Trigger, Set<RetentionRule>> unmodifiable(
      Map<Trigger, Set<RetentionRule>> rules) {
    return Collections.unmodifiableMap(copy(rules));
  }

  /** The rules for a trigger, in the order given; empty if its backups are kept for ever. */
  public Set<RetentionRule> of(Trigger trigger) {
    return rules.getOrDefault(trigger, Set.of());
  }

  /** The rules as they are in one storage, without those of other storages. */
  public Retention in(String storage) {
    Map<Trigger, Set<RetentionRule>> merged = copy(rules);
    merged.putAll(storages.getOrDefault(storage, Map.of()));
    return new Retention(merged, zone);
  }

  /** The same, with other rules for one trigger; without any, its backups are kept for ever. */
  public Retention with(Trigger trigger, RetentionRule... changed) {
    return new Retention(put(rules, trigger, changed), zone, storages);
  }

  /**
   * The same, with rules of its own for one trigger in one storage; without any, its backups are
   * kept for ever there.
   */
  public Retention with(String storage, Trigger trigger, RetentionRule... own) {
    Map<String, Map<Trigger, Set<RetentionRule>>> all = new TreeMap<>(storages);
    all.put(storage, put(storages.getOrDefault(storage, Map.of()), trigger, own));
    return new Retention(rules, zone, all);
  }

  private static Map<Trigger, Set<RetentionRule>> put(
      Map<Trigger, Set<RetentionRule>> rules, Trigger trigger, RetentionRule... changed) {
    Map<Trigger, Set<RetentionRule>> copy = copy(rules);
    copy.put(trigger, new LinkedHashSet<>(List.of(changed)));
    return copy;
  }

  /** The same, with calendar periods that begin in another zone. */
  public Retention in(ZoneId other) {
    return new Retention(rules, other, storages);
  }
}
