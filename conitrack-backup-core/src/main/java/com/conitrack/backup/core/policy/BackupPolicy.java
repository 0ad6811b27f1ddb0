package com.conitrack.backup.core.policy;

import static com.conitrack.backup.core.policy.RetentionRule.age;
import static com.conitrack.backup.core.policy.RetentionRule.daily;
import static com.conitrack.backup.core.policy.RetentionRule.last;
import static com.conitrack.backup.core.policy.RetentionRule.monthly;
import static com.conitrack.backup.core.policy.RetentionRule.weekly;

import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the backups of a database. Valid as a whole: to construct one that is not throws
 * a {@link ConfigurationException} with everything that is wrong. Made with {@link #builder()}.
 *
 * @param schedule when backups are due; null if nothing but people and programs ask for them
 * @param rpo recovery point objective: how old the newest good backup may become
 * @param rto recovery time objective: how long a restore may take
 * @param retention how long backups are kept
 * @param content what a dump must hold
 * @param verificationLevel what is demanded of every copy right after the backup: STORED or CONTENT
 * @param copiesRequired how many proved copies make a backup good, 1 to 16
 * @param copiesRequiredIn names of storages that must each hold a proved copy for a backup to be
 *     good, whatever the number of copies elsewhere; none unless set
 * @param naming what backups are called
 * @param drillInterval how often a backup is restored for proof; null if never
 * @param dumpTimeout how long a dump may take
 * @param drills what is asked of a restore for proof
 * @param immutability for how long storages shall refuse to delete what they hold
 * @param restore what must be in place before real data is replaced
 * @param runs how the schedule is kept
 */
public record BackupPolicy(
    @Nullable Schedule schedule,
    Duration rpo,
    Duration rto,
    Retention retention,
    ContentRules content,
    VerificationLevel verificationLevel,
    int copiesRequired,
    Set<String> copiesRequiredIn,
    Naming naming,
    @Nullable Duration drillInterval,
    Duration dumpTimeout,
    DrillRules drills,
    Immutability immutability,
    RestoreRules restore,
    RunRules runs) {

  /**
   * The longest quarter's length: from the first of June or September on, and from July or October.
   */
  private static final Duration QUARTER = Duration.ofDays(92);

  public BackupPolicy {
    copiesRequiredIn = Collections.unmodifiableSet(new TreeSet<>(copiesRequiredIn));
    PolicyCheck.requireValid(
        List.of(
            PolicyCheck.objectives(rpo, rto, drillInterval, dumpTimeout),
            PolicyCheck.retention(retention),
            PolicyCheck.content(content),
            PolicyCheck.copies(copiesRequired, verificationLevel),
            PolicyCheck.naming(naming),
            PolicyCheck.drills(drills),
            PolicyCheck.immutability(immutability),
            PolicyCheck.restore(restore),
            PolicyCheck.runs(runs)));
  }

  /**
   * A builder without schedule, retention rules (everything is kept), content rules and drills;
   * with one copy, proved to STORED, the default names, a day for a dump and {@link
   * RestoreRules#DEFAULT}. RPO and RTO must be given.
   */
  public static BackupPolicyBuilder builder() {
    return new BackupPolicyBuilder();
  }

  /** A builder that starts from this policy. */
  public BackupPolicyBuilder toBuilder() {
    return new BackupPolicyBuilder(this);
  }

  /**
   * A policy to start from: daily at 03:00 UTC, RPO 26 hours, RTO 4 hours; scheduled backups kept
   * for 7 days, 5 weeks and 12 months, the others for 180 days; at least one table; a drill every
   * quarter. A restore needs nobody's approval: whoever starts from here may be alone when one is
   * needed. Ask for it with {@link BackupPolicyBuilder#restore}.
   */
  public static BackupPolicy defaults() {
    Duration others = Duration.ofDays(180);
    return builder()
        .schedule("0 3 * * *", ZoneOffset.UTC)
        .rpo(Duration.ofHours(26))
        .rto(Duration.ofHours(4))
        .retain(Trigger.SCHEDULED, daily(7), weekly(5), monthly(12))
        .retain(Trigger.PRE_CHANGE, age(others))
        .retain(Trigger.MANUAL, age(others))
        .retain(Trigger.PRE_RESTORE, age(others))
        .minimumTables(1)
        .drillInterval(QUARTER)
        .build();
  }

  /**
   * Section 5 of Conitrack's SOP-001: Sundays 03:00 UTC, 26 automatic backups, 90 days for those
   * before changes, RPO 7 days, RTO 4 hours, names such as {@code backup_2026-01-06_03-00-00}, at
   * least 10 tables (8.1), a drill every quarter (8.3). The safety backups that precede restores,
   * of whose retention it is silent, are kept for 90 days too. A full restore needs the System
   * Owner's approval, a partial one the IT Manager's (9.1), and the checklist confirmed (13.3).
   *
   * <p>Its {@link #warnings()} are not empty: a weekly schedule leaves an RPO of 7 days no slack.
   */
  public static BackupPolicy sop001() {
    Duration beforeChanges = Duration.ofDays(90);
    return builder()
        .schedule("0 3 * * 0", ZoneOffset.UTC)
        .rpo(Duration.ofDays(7))
        .rto(Duration.ofHours(4))
        .retain(Trigger.SCHEDULED, last(26))
        .retain(Trigger.PRE_CHANGE, age(beforeChanges))
        .retain(Trigger.MANUAL, age(beforeChanges))
        .retain(Trigger.PRE_RESTORE, age(beforeChanges))
        .minimumTables(10)
        .drillInterval(QUARTER)
        .restore(RestoreRules.sop001())
        .build();
  }

  /**
   * What is legal but unwise, each with its remedy. It reads no clock and does no I/O, but walks
   * through more than a year of the schedule, which may take a second if runs are minutes apart:
   * ask once and keep the answer.
   */
  public List<PolicyWarning> warnings() {
    return new PolicyAdvice(this).warnings();
  }

  /**
   * {@link #warnings()}, and those that depend on where the copies go.
   *
   * @param storages how many storages every backup is written to, 1 or more
   */
  public List<PolicyWarning> warnings(int storages) {
    return new PolicyAdvice(this).warnings(storages);
  }
}
