package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.Retention;
import com.conitrack.backup.core.policy.RetentionRule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads {@code retention}: rules per trigger, which replace those of the preset. */
final class RetentionReader {
  private static final String FOREVER = "forever";

  private RetentionReader() {}

  static Retention read(Section policy, Retention preset) {
    Section section = policy.section("retention", ConfigKeys.RETENTION);
    if (section == null) {
      return preset;
    }
    Retention retention = preset;
    ZoneId zone = section.zone("zone");
    if (zone != null) {
      retention = retention.in(zone);
    }
    for (Trigger trigger : Trigger.values()) {
      List<RetentionRule> rules = rules(section, ConfigKeys.of(trigger));
      if (rules != null) {
        retention = retention.with(trigger, rules.toArray(RetentionRule[]::new));
      }
    }
    return readStorages(section.freeSection("storages"), retention);
  }

  /** Rules that differ in single storages, by the storage's name. */
  private static Retention readStorages(Section storages, Retention common) {
    Retention retention = common;
    for (String name : storages.keys()) {
      Section own = storages.section(name, ConfigKeys.TRIGGERS);
      if (own == null) {
        continue;
      }
      for (Trigger trigger : Trigger.values()) {
        List<RetentionRule> rules = rules(own, ConfigKeys.of(trigger));
        if (rules != null) {
          retention = retention.with(name, trigger, rules.toArray(RetentionRule[]::new));
        }
      }
    }
    return retention;
  }

  /** Null if the trigger is not given, or wrongly; no rules if its backups are kept for ever. */
  private static @Nullable List<RetentionRule> rules(Section retention, String trigger) {
    if (retention.hasScalar(trigger)) {
      Scalar word = retention.scalar(trigger);
      if (word != null && word.value().equals(FOREVER)) {
        return List.of();
      }
      if (word != null) {
        String remedy = "write forever, or rules such as last: 26 below it";
        retention.problem(trigger, word, word.quoted() + " is no rule", remedy);
      }
      return null;
    }
    Section section = retention.section(trigger, ConfigKeys.RETENTION_RULES);
    return section == null ? null : rules(section, retention, trigger);
  }

  private static List<RetentionRule> rules(Section section, Section retention, String trigger) {
    List<RetentionRule> rules = new ArrayList<>();
    add(rules, section, "last", RetentionRule::last);
    Duration age = section.duration("for");
    if (age != null) {
      rules.add(RetentionRule.age(age));
    }
    add(rules, section, "daily", RetentionRule::daily);
    add(rules, section, "weekly", RetentionRule::weekly);
    add(rules, section, "monthly", RetentionRule::monthly);
    add(rules, section, "yearly", RetentionRule::yearly);
    if (section.keys().isEmpty()) {
      retention.problem(trigger, "no rule is given", "give one, or write forever");
    }
    return rules;
  }

  private static void add(
      List<RetentionRule> rules, Section section, String key, IntFunction<RetentionRule> rule) {
    Integer count = section.number(key);
    if (count == null) {
      return;
    }
    if (count < 1) {
      String remedy = "give a number of at least 1, or leave the rule out";
      section.problem(key, count + " keeps nothing", remedy);
      return;
    }
    rules.add(rule.apply(count));
  }
}
