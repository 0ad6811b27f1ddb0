package com.conitrack.backup.spring;

import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.Retention;
import com.conitrack.backup.core.policy.RetentionRule;
import com.conitrack.backup.spring.properties.RetentionProperties;
import com.conitrack.backup.spring.properties.RetentionProperties.ByTrigger;
import com.conitrack.backup.spring.properties.RetentionProperties.Rules;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Retention out of the settings: rules per trigger, which replace those of the preset. */
final class RetentionFactory {
  private static final String PATH = "policy.retention";

  private final SettingProblems problems;

  RetentionFactory(SettingProblems problems) {
    this.problems = problems;
  }

  Retention make(RetentionProperties given, Retention preset) {
    Retention retention = preset;
    if (given.zone() != null) {
      try {
        retention = retention.in(ZoneId.of(given.zone()));
      } catch (DateTimeException e) {
        problems.add(PATH + ".zone", "it is no time zone", "write it like Europe/Madrid");
      }
    }
    for (Map.Entry<Trigger, Rules> each : byTrigger(given.common()).entrySet()) {
      retention = retention.with(each.getKey(), rules(each.getValue()));
    }
    for (Map.Entry<String, ByTrigger> storage : given.storages().entrySet()) {
      for (Map.Entry<Trigger, Rules> each : byTrigger(storage.getValue()).entrySet()) {
        retention = retention.with(storage.getKey(), each.getKey(), rules(each.getValue()));
      }
    }
    return retention;
  }

  private static Map<Trigger, Rules> byTrigger(ByTrigger given) {
    Map<Trigger, Rules> rules = new EnumMap<>(Trigger.class);
    put(rules, Trigger.SCHEDULED, given.scheduled());
    put(rules, Trigger.PRE_CHANGE, given.preChange());
    put(rules, Trigger.MANUAL, given.manual());
    put(rules, Trigger.PRE_RESTORE, given.preRestore());
    put(rules, Trigger.ADOPTED, given.adopted());
    return rules;
  }

  private static void put(Map<Trigger, Rules> rules, Trigger trigger, @Nullable Rules given) {
    if (given != null) {
      rules.put(trigger, given);
    }
  }

  private RetentionRule[] rules(Rules given) {
    List<RetentionRule> rules = new ArrayList<>();
    add(rules, "last", given.last(), RetentionRule::last);
    if (given.age() != null) {
      rules.add(RetentionRule.age(given.age().value()));
    }
    add(rules, "daily", given.daily(), RetentionRule::daily);
    add(rules, "weekly", given.weekly(), RetentionRule::weekly);
    add(rules, "monthly", given.monthly(), RetentionRule::monthly);
    add(rules, "yearly", given.yearly(), RetentionRule::yearly);
    return rules.toArray(RetentionRule[]::new);
  }

  private void add(
      List<RetentionRule> rules,
      String key,
      @Nullable Integer count,
      IntFunction<RetentionRule> rule) {
    if (count == null) {
      return;
    }
    if (count < 1) {
      String remedy = "give a number of at least 1, or leave the rule out";
      problems.add(PATH, "'" + key + ": " + count + "' keeps nothing", remedy);
      return;
    }
    rules.add(rule.apply(count));
  }
}
