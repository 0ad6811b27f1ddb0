package com.conitrack.backup.core.policy;

import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link BackupPolicy}. No method but {@link #build()} throws for a value that is out of
 * range: everything wrong is told at once. Not safe for use by several threads.
 */
public final class BackupPolicyBuilder {
  private @Nullable Schedule schedule;
  private List<PolicyProblem> scheduleProblems = List.of();
  private @Nullable Duration rpo;
  private @Nullable Duration rto;
  private Retention retention = Retention.KEEP_ALL;
  private ContentRules content = ContentRules.NONE;
  private VerificationLevel verificationLevel = VerificationLevel.STORED;
  private int copiesRequired = 1;
  private Set<String> copiesRequiredIn = Set.of();
  private Naming naming = Naming.DEFAULT;
  private @Nullable Duration drillInterval;
  private Duration dumpTimeout = Duration.ofDays(1);
  private DrillRules drills = DrillRules.DEFAULT;
  private Immutability immutability = Immutability.NONE;
  private RestoreRules restore = RestoreRules.DEFAULT;
  private RunRules runs = RunRules.DEFAULT;

  BackupPolicyBuilder() {}

  BackupPolicyBuilder(BackupPolicy from) {
    schedule = from.schedule();
    rpo = from.rpo();
    rto = from.rto();
    retention = from.retention();
    content = from.content();
    verificationLevel = from.verificationLevel();
    copiesRequired = from.copiesRequired();
    copiesRequiredIn = from.copiesRequiredIn();
    naming = from.naming();
    drillInterval = from.drillInterval();
    dumpTimeout = from.dumpTimeout();
    drills = from.drills();
    immutability = from.immutability();
    restore = from.restore();
    runs = from.runs();
  }

  /**
   * When backups are due.
   *
   * @param cron as {@link Schedule#of} takes it
   * @param zone the zone it is read in
   */
  public BackupPolicyBuilder schedule(String cron, ZoneId zone) {
    try {
      return schedule(Schedule.of(cron, zone));
    } catch (ConfigurationException e) {
      schedule = null;
      scheduleProblems = e.problems();
      return this;
    }
  }

  /** When backups are due; null for no schedule. */
  public BackupPolicyBuilder schedule(@Nullable Schedule value) {
    schedule = value;
    scheduleProblems = List.of();
    return this;
  }

  /** How old the newest good backup may become. */
  public BackupPolicyBuilder rpo(Duration value) {
    rpo = value;
    return this;
  }

  /** How long a restore may take. */
  public BackupPolicyBuilder rto(Duration value) {
    rto = value;
    return this;
  }

  /** How long backups are kept, all triggers together. */
  public BackupPolicyBuilder retention(Retention value) {
    retention = value;
    return this;
  }

  /**
   * How long backups of one trigger are kept: as long as any of the rules says; for ever without
   * rules. Replaces the trigger's former rules.
   */
  public BackupPolicyBuilder retain(Trigger trigger, RetentionRule... rules) {
    return retention(retention.with(trigger, rules));
  }

  /**
   * How long backups of one trigger are kept in one storage, in the place of {@link #retain}'s
   * rules; for ever there without rules.
   */
  public BackupPolicyBuilder retainIn(String storage, Trigger trigger, RetentionRule... rules) {
    return retention(retention.with(storage, trigger, rules));
  }

  /** Where a day, week, month or year of the calendar rules begins; UTC unless set. */
  public BackupPolicyBuilder retentionZone(ZoneId zone) {
    return retention(retention.in(zone));
  }

  /** What a dump must hold, all rules together. */
  public BackupPolicyBuilder content(ContentRules value) {
    content = value;
    return this;
  }

  /** Least number of tables, a content rule. */
  public BackupPolicyBuilder minimumTables(int tables) {
    return content(content.toBuilder().minimumTables(tables).build());
  }

  /** Adds tables that must be there, a content rule: {@code lotes} or {@code public.lotes}. */
  public BackupPolicyBuilder requireTables(String... tables) {
    return requireTables(List.of(tables));
  }

  /** Adds tables that must be there, a content rule. */
  public BackupPolicyBuilder requireTables(Iterable<String> tables) {
    return content(content.toBuilder().requireTables(tables).build());
  }

  /** What is demanded of every copy right after the backup: STORED (default) or CONTENT. */
  public BackupPolicyBuilder verificationLevel(VerificationLevel level) {
    verificationLevel = level;
    return this;
  }

  /** How many proved copies make a backup good; 1 unless set. */
  public BackupPolicyBuilder copiesRequired(int copies) {
    copiesRequired = copies;
    return this;
  }

  /** Storages that must each hold a proved copy for a backup to be good; none unless set. */
  public BackupPolicyBuilder copiesRequiredIn(String... storages) {
    copiesRequiredIn = new TreeSet<>(List.of(storages));
    return this;
  }

  /** What backups are called. */
  public BackupPolicyBuilder naming(Naming value) {
    naming = value;
    return this;
  }

  /** How often a backup is restored for proof; null for never. */
  public BackupPolicyBuilder drillInterval(@Nullable Duration interval) {
    drillInterval = interval;
    return this;
  }

  /** What is asked of drills; {@link DrillRules#DEFAULT} unless set. */
  public BackupPolicyBuilder drills(DrillRules rules) {
    drills = rules;
    return this;
  }

  /** How long a dump may take; a day unless set. */
  public BackupPolicyBuilder dumpTimeout(Duration timeout) {
    dumpTimeout = timeout;
    return this;
  }

  /** For how long storages shall refuse to delete what they hold; not at all unless set. */
  public BackupPolicyBuilder immutability(Immutability value) {
    immutability = value;
    return this;
  }

  /**
   * What must be in place before real data is replaced; {@link RestoreRules#DEFAULT} unless set.
   */
  public BackupPolicyBuilder restore(RestoreRules rules) {
    restore = rules;
    return this;
  }

  /** How the schedule is kept; {@link RunRules#DEFAULT} unless set. */
  public BackupPolicyBuilder runs(RunRules rules) {
    runs = rules;
    return this;
  }

  /**
   * The policy.
   *
   * @throws ConfigurationException with everything that is wrong
   */
  public BackupPolicy build() {
    List<PolicyProblem> problems = new ArrayList<>(scheduleProblems);
    Duration pointObjective = given(rpo, "rpo", "how much data may be lost", problems);
    Duration timeObjective = given(rto, "rto", "how long a restore may take", problems);
    BackupPolicy policy = null;
    try {
      policy = policy(pointObjective, timeObjective);
    } catch (ConfigurationException e) {
      problems.addAll(e.problems());
    }
    if (policy == null || !problems.isEmpty()) {
      throw new ConfigurationException(PolicyCheck.UNABLE, problems);
    }
    return policy;
  }

  private BackupPolicy policy(Duration pointObjective, Duration timeObjective) {
    return new BackupPolicy(
        schedule,
        pointObjective,
        timeObjective,
        retention,
        content,
        verificationLevel,
        copiesRequired,
        copiesRequiredIn,
        naming,
        drillInterval,
        dumpTimeout,
        drills,
        immutability,
        restore,
        runs);
  }

  /** What is missing is told, and stood in for so that the rest can be examined. */
  private static Duration given(
      @Nullable Duration value, String setting, String meaning, List<PolicyProblem> problems) {
    if (value == null) {
      problems.add(new PolicyProblem(setting, "is not set", "set it: " + meaning));
      return Duration.ofDays(1);
    }
    return value;
  }
}
