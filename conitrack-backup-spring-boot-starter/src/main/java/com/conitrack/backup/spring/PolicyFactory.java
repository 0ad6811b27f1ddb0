package com.conitrack.backup.spring;

import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.BackupPolicyBuilder;
import com.conitrack.backup.core.policy.ConfigurationException;
import com.conitrack.backup.core.policy.Immutability;
import com.conitrack.backup.core.policy.Naming;
import com.conitrack.backup.core.policy.Schedule;
import com.conitrack.backup.core.policy.Units;
import com.conitrack.backup.spring.properties.NamingProperties;
import com.conitrack.backup.spring.properties.PolicyProperties;
import com.conitrack.backup.spring.properties.PolicyProperties.ImmutabilityProperties;
import com.conitrack.backup.spring.properties.PolicyProperties.ScheduleProperties;
import com.conitrack.backup.spring.properties.TimeSpan;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The policy out of the settings: a preset, and what is to be otherwise. */
final class PolicyFactory {
  private static final Map<String, Supplier<BackupPolicy>> PRESETS =
      Map.of("default", BackupPolicy::defaults, "sop-001", BackupPolicy::sop001);
  private static final Map<String, VerificationLevel> LEVELS =
      Map.of("stored", VerificationLevel.STORED, "content", VerificationLevel.CONTENT);
  private static final String NONE = "none";

  private final PolicyProperties given;
  private final SettingProblems problems;
  private final BackupPolicy preset;
  private final BackupPolicyBuilder builder;

  PolicyFactory(PolicyProperties given, SettingProblems problems) {
    this.given = given;
    this.problems = problems;
    this.preset = choice("policy.preset", given.preset(), PRESETS, BackupPolicy::defaults).get();
    this.builder = preset.toBuilder();
  }

  /** The policy; the preset if something is wrong, which is then among the problems. */
  BackupPolicy make() {
    readSchedule(given.schedule());
    set(given.rpo(), builder::rpo);
    set(given.rto(), builder::rto);
    set(given.dumpTimeout(), builder::dumpTimeout);
    RuleFactory rules = new RuleFactory(problems);
    builder.retention(rules.retention(given.retention(), preset.retention()));
    builder.content(rules.content(given.content(), preset.content()));
    builder.restore(rules.restore(given.restore(), preset.restore()));
    builder.drills(rules.drills(given.drills(), preset.drills()));
    builder.verificationLevel(
        choice("policy.verification", given.verification(), LEVELS, preset.verificationLevel()));
    if (given.copiesRequired() != null) {
      builder.copiesRequired(given.copiesRequired());
    }
    if (given.copiesRequiredIn() != null) {
      builder.copiesRequiredIn(given.copiesRequiredIn().toArray(String[]::new));
    }
    readNaming(given.naming());
    readDrillInterval(given.drillInterval());
    readImmutability(given.immutability());
    return build();
  }

  private <T extends Object> T choice(
      String key, @Nullable String word, Map<String, T> choices, T usual) {
    T chosen = word == null ? usual : choices.get(word);
    if (chosen == null) {
      String all = String.join(", ", new TreeSet<>(choices.keySet()));
      problems.add(key, "'" + word + "' is not known here", "choose one of: " + all);
      return usual;
    }
    return chosen;
  }

  private static void set(@Nullable TimeSpan span, Consumer<Duration> setter) {
    if (span != null) {
      setter.accept(span.value());
    }
  }

  private void readSchedule(@Nullable ScheduleProperties schedule) {
    if (schedule == null) {
      return;
    }
    builder.runs(new RunRulesFactory(problems).make(schedule, preset.runs()));
    String cron = schedule.cron();
    if (cron == null) {
      problems.add("policy.schedule.cron", "it is not given", "write it like 0 3 * * *");
    } else if (cron.equals(NONE)) {
      builder.schedule(null);
    } else {
      readSchedule(cron, schedule.zone());
    }
  }

  private void readSchedule(String cron, String zone) {
    try {
      builder.schedule(Schedule.of(cron, ZoneId.of(zone)));
    } catch (ConfigurationException e) {
      e.problems().forEach(p -> problems.add("policy.schedule", p.message(), p.remedy()));
    } catch (DateTimeException e) {
      problems.add("policy.schedule.zone", "it is no time zone", "write it like Europe/Madrid");
    }
  }

  private void readNaming(@Nullable NamingProperties names) {
    if (names == null) {
      return;
    }
    Naming naming = names.usual() == null ? preset.naming() : Naming.of(names.usual());
    naming = with(naming, Trigger.SCHEDULED, names.scheduled());
    naming = with(naming, Trigger.PRE_CHANGE, names.preChange());
    naming = with(naming, Trigger.MANUAL, names.manual());
    naming = with(naming, Trigger.PRE_RESTORE, names.preRestore());
    builder.naming(with(naming, Trigger.ADOPTED, names.adopted()));
  }

  private static Naming with(Naming naming, Trigger trigger, @Nullable String pattern) {
    return pattern == null ? naming : naming.with(trigger, pattern);
  }

  private void readDrillInterval(@Nullable String interval) {
    if (interval == null) {
      return;
    }
    Duration span = interval.equals(NONE) ? null : Units.duration(interval).orElse(null);
    if (span == null && !interval.equals(NONE)) {
      problems.add("policy.drill-interval", "it is no duration", "write it like 92d, or none");
      return;
    }
    builder.drillInterval(span);
  }

  private void readImmutability(@Nullable ImmutabilityProperties asked) {
    if (asked == null) {
      return;
    }
    if (asked.period() == null) {
      problems.add("policy.immutability.for", "it is not given", "write it like 30d");
      return;
    }
    boolean all = asked.storages().contains("all");
    builder.immutability(
        new Immutability(
            asked.period().value(),
            all ? Set.of() : new TreeSet<>(asked.storages()),
            asked.require(),
            asked.proof() == null ? Immutability.NONE.proofAge() : asked.proof().value()));
  }

  private BackupPolicy build() {
    try {
      return builder.build();
    } catch (ConfigurationException e) {
      e.problems().forEach(p -> problems.add("policy." + p.key(), p.message(), p.remedy()));
      return preset;
    }
  }
}
