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

/**
 * How long backups are kept, per trigger. A backup whose trigger has no rules is kept for ever.
 *
 * @param rules for each trigger the rules any of which keeps a backup
 * @param zone where a day, week, month or year of the calendar rules begins
 */
public record Retention(Map<Trigger, Set<RetentionRule>> rules, ZoneId zone) {
  /** Keeps everything. */
  public static final Retention KEEP_ALL = new Retention(Map.of(), ZoneOffset.UTC);

  public Retention {
    Map<Trigger, Set<RetentionRule>> copy = new EnumMap<>(Trigger.class);
    rules.forEach((trigger, set) -> put(copy, trigger, set));
    rules = Collections.unmodifiableMap(copy);
  }

  private static void put(
      Map<Trigger, Set<RetentionRule>> map, Trigger trigger, Set<RetentionRule> rules) {
    if (!rules.isEmpty()) {
      map.put(trigger, Collections.unmodifiableSet(new LinkedHashSet<>(rules)));
    }
  }

  /** The rules for a trigger, in the order given; empty if its backups are kept for ever. */
  public Set<RetentionRule> of(Trigger trigger) {
    return rules.getOrDefault(trigger, Set.of());
  }

  /** The same, with other rules for one trigger; without any, its backups are kept for ever. */
  public Retention with(Trigger trigger, RetentionRule... changed) {
    Map<Trigger, Set<RetentionRule>> copy = new EnumMap<>(Trigger.class);
    copy.putAll(rules);
    copy.put(trigger, new LinkedHashSet<>(List.of(changed)));
    return new Retention(copy, zone);
  }

  /** The same, with calendar periods that begin in another zone. */
  public Retention in(ZoneId other) {
    return new Retention(rules, other);
  }
}
