package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.BackupPolicyBuilder;
import com.conitrack.backup.core.policy.ConfigurationException;
import com.conitrack.backup.core.policy.Naming;
import com.conitrack.backup.core.policy.PolicyProblem;
import com.conitrack.backup.core.policy.Schedule;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads {@code policy}: a preset, and what is to be otherwise. */
final class PolicyReader {
  private static final Map<String, Supplier<BackupPolicy>> PRESETS =
      Map.of("default", BackupPolicy::defaults, "sop-001", BackupPolicy::sop001);
  private static final Map<String, VerificationLevel> LEVELS =
      Map.of("stored", VerificationLevel.STORED, "content", VerificationLevel.CONTENT);
  private static final String NONE = "none";

  private final Section policy;
  private final BackupPolicyBuilder builder;
  private final BackupPolicy preset;

  private PolicyReader(Section policy) {
    this.policy = policy;
    Supplier<BackupPolicy> chosen = policy.choice("preset", PRESETS);
    this.preset = chosen == null ? BackupPolicy.defaults() : chosen.get();
    this.builder = preset.toBuilder();
  }

  /** The policy; that of the preset if something is wrong, which is then among the problems. */
  static BackupPolicy read(Section top) {
    Section policy = top.section("policy", ConfigKeys.POLICY);
    return policy == null ? BackupPolicy.defaults() : new PolicyReader(policy).read();
  }

  private BackupPolicy read() {
    readSchedule();
    set(policy.duration("rpo"), builder::rpo);
    set(policy.duration("rto"), builder::rto);
    builder.retention(RetentionReader.read(policy, preset.retention()));
    builder.content(ContentReader.read(policy, preset.content()));
    set(policy.choice("verification", LEVELS), builder::verificationLevel);
    set(policy.number("copies-required"), builder::copiesRequired);
    if (policy.has("copies-required-in")) {
      builder.copiesRequiredIn(policy.texts("copies-required-in").toArray(String[]::new));
    }
    readNaming();
    builder.restore(RestoreRulesReader.read(policy, preset.restore()));
    readDrillInterval();
    builder.drills(DrillsReader.read(policy, preset.drills()));
    set(policy.duration("dump-timeout"), builder::dumpTimeout);
    set(ImmutabilityReader.read(policy), builder::immutability);
    return build();
  }

  private static <T extends Object> void set(@Nullable T value, Consumer<T> setter) {
    if (value != null) {
      setter.accept(value);
    }
  }

  private void readSchedule() {
    if (policy.hasScalar("schedule")) {
      readScheduleAlone();
      return;
    }
    Section schedule = policy.section("schedule", ConfigKeys.SCHEDULE);
    if (schedule == null) {
      return;
    }
    builder.runs(RunRulesReader.read(schedule, preset.runs()));
    Scalar cron = schedule.scalar("cron");
    ZoneId zone = schedule.zone("zone");
    if (cron != null) {
      setSchedule(schedule, "cron", cron, zone == null ? ZoneOffset.UTC : zone);
    } else if (!schedule.has("cron")) {
      schedule.problem("cron", "no expression is given", "write cron: '0 3 * * *'");
    }
  }

  /** {@code none}, or an expression to be read in UTC. */
  private void readScheduleAlone() {
    Scalar alone = policy.scalar("schedule");
    if (alone != null && alone.value().equals(NONE)) {
      builder.schedule(null);
    } else if (alone != null) {
      setSchedule(policy, "schedule", alone, ZoneOffset.UTC);
    }
  }

  private void setSchedule(Section section, String key, Scalar cron, ZoneId zone) {
    try {
      builder.schedule(Schedule.of(cron.value(), zone));
    } catch (ConfigurationException e) {
      e.problems().forEach(p -> section.problem(key, cron, p.message(), p.remedy()));
    }
  }

  private void readNaming() {
    if (policy.hasScalar("naming")) {
      set(policy.text("naming"), pattern -> builder.naming(Naming.of(pattern)));
      return;
    }
    Section section = policy.section("naming", ConfigKeys.NAMING);
    if (section == null) {
      return;
    }
    String usual = section.text("default");
    Naming naming = usual == null ? preset.naming() : Naming.of(usual);
    for (Trigger trigger : Trigger.values()) {
      String pattern = section.text(ConfigKeys.of(trigger));
      naming = pattern == null ? naming : naming.with(trigger, pattern);
    }
    builder.naming(naming);
  }

  private void readDrillInterval() {
    Scalar interval = policy.hasScalar("drill-interval") ? policy.scalar("drill-interval") : null;
    if (interval != null && interval.value().equals(NONE)) {
      builder.drillInterval(null);
    } else {
      Duration given = interval == null ? null : policy.duration("drill-interval");
      set(given, builder::drillInterval);
    }
  }

  private BackupPolicy build() {
    try {
      return builder.build();
    } catch (ConfigurationException e) {
      e.problems().forEach(this::report);
      return preset;
    }
  }

  /** The core names settings as its Java API does; the file spells them its own way. */
  private void report(PolicyProblem problem) {
    String path = "policy." + problem.key();
    Reading reading = policy.reading();
    reading.problem(reading.positionOf(path), path, problem.message(), problem.remedy());
  }
}
