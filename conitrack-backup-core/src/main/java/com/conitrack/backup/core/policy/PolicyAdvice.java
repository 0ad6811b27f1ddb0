package com.conitrack.backup.core.policy;

import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.PolicyWarning.Code;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What is legal but unwise in a policy. */
final class PolicyAdvice {
  /** A backup counts from its start but helps only from its end. */
  private static final Duration ASSUMED_BACKUP = Duration.ofHours(1);

  /** Any day would do: a schedule's longest interval is the same every year, but for leap days. */
  private static final Instant SURVEY_START = Instant.parse("2024-01-01T00:00:00Z");

  /** Triggers whose backups arise of themselves; adopted ones are few and somebody else's. */
  private static final Set<Trigger> RECURRING = EnumSet.complementOf(EnumSet.of(Trigger.ADOPTED));

  private final BackupPolicy policy;
  private final Optional<Duration> interval;
  private final List<PolicyWarning> warnings = new ArrayList<>();

  PolicyAdvice(BackupPolicy policy) {
    this.policy = policy;
    this.interval =
        Optional.ofNullable(policy.schedule()).map(s -> s.longestInterval(SURVEY_START));
  }

  List<PolicyWarning> warnings() {
    interval.ifPresentOrElse(this::recoveryPoint, this::noSchedule);
    drills();
    preChange();
    keepsOnlyOne();
    keptForEver();
    lockedLongerThanKept();
    content();
    naming();
    return List.copyOf(warnings);
  }

  List<PolicyWarning> warnings(int storages) {
    warnings();
    copies(storages);
    return List.copyOf(warnings);
  }

  private void noSchedule() {
    add(
        Code.NO_SCHEDULE,
        "without a schedule nothing sees to it that a backup is never older than the RPO of "
            + Durations.tell(policy.rpo()),
        "add a schedule, or have something else ask for backups that often");
  }

  private void recoveryPoint(Duration longest) {
    if (longest.plus(ASSUMED_BACKUP).compareTo(policy.rpo()) >= 0) {
      add(
          Code.RPO_WITHOUT_SLACK,
          "up to %s pass between two scheduled backups, and the newest helps only once it is complete: the worst case is the interval plus the duration of a backup (assumed: %s), which the RPO of %s does not cover"
              .formatted(
                  Durations.tell(longest),
                  Durations.tell(ASSUMED_BACKUP),
                  Durations.tell(policy.rpo())),
          "schedule backups more often, or set the RPO to more than "
              + Durations.tell(longest.plus(ASSUMED_BACKUP)));
    }
  }

  private void drills() {
    Duration drills = policy.drillInterval();
    if (drills == null) {
      add(
          Code.NO_DRILLS,
          "no drill is ever due, so nothing proves that backups can be restored",
          "set a drill interval, such as 92 days for every quarter");
      return;
    }
    Set<Trigger> shorter =
        triggers(t -> keptAtMost(t).filter(kept -> kept.compareTo(drills) < 0).isPresent());
    if (!shorter.isEmpty()) {
      add(
          Code.RETENTION_SHORTER_THAN_DRILL_INTERVAL,
          names(shorter)
              + " backups may come and go between two drills, "
              + Durations.tell(drills)
              + " apart, without any having been restored for proof",
          "keep them for longer than the drill interval, or hold drills more often");
    }
  }

  private void preChange() {
    Optional<Duration> kept = keptAtMost(Trigger.PRE_CHANGE);
    if (kept.isPresent() && interval.isPresent() && kept.get().compareTo(interval.get()) < 0) {
      add(
          Code.PRE_CHANGE_RETENTION_SHORTER_THAN_SCHEDULE,
          "the backup before a change is kept for "
              + Durations.tell(kept.get())
              + ", but the next scheduled one may be "
              + Durations.tell(interval.get())
              + " away: a fault noticed late finds neither",
          "keep PRE_CHANGE backups for at least " + Durations.tell(interval.get()));
    }
  }

  private void keepsOnlyOne() {
    Set<Trigger> single =
        triggers(t -> policy.retention().of(t).equals(Set.of(RetentionRule.last(1))));
    if (!single.isEmpty()) {
      add(
          Code.KEEPS_ONLY_ONE,
          "only the last of the "
              + names(single)
              + " backups is kept: damage noticed after the next one cannot be undone",
          "keep more than the last, or add a rule by age");
    }
  }

  private void keptForEver() {
    Set<Trigger> unruled = triggers(t -> policy.retention().of(t).isEmpty());
    if (!unruled.isEmpty()) {
      add(
          Code.KEPT_FOR_EVER,
          names(unruled) + " backups have no retention rule and are never deleted",
          "add a rule for them, unless that is what you want");
    }
  }

  private void lockedLongerThanKept() {
    Immutability immutability = policy.immutability();
    if (!immutability.isAsked()) {
      return;
    }
    Set<String> named = new TreeSet<>(immutability.storages());
    if (named.isEmpty()) {
      lockedLongerThanKept("", policy.retention());
      named.addAll(policy.retention().storages().keySet());
    }
    named.forEach(
        storage ->
            lockedLongerThanKept(" in storage '" + storage + "'", policy.retention().in(storage)));
  }

  private void lockedLongerThanKept(String where, Retention retention) {
    Duration locked = policy.immutability().period();
    Set<Trigger> shorter =
        triggers(
            t -> keptAtMost(retention, t).filter(kept -> kept.compareTo(locked) < 0).isPresent());
    if (!shorter.isEmpty()) {
      add(
          Code.LOCKED_LONGER_THAN_KEPT,
          names(shorter)
              + " backups"
              + where
              + " are protected from deletion for "
              + Durations.tell(locked)
              + ", longer than their rules keep them: retention waits that long",
          "keep them for at least as long, or protect them for a shorter time");
    }
  }

  private void content() {
    ContentRules rules = policy.content();
    if (rules.minimumTables() == 0 && rules.requiredTables().isEmpty()) {
      add(
          Code.NO_CONTENT_RULE,
          "no table is required and none need be there: the dump of an empty database would pass for a good backup",
          "set a least number of tables or name those that must be there");
    }
    if (rules.greatestShrink() == 0 || rules.greatestTableShrink() == 0) {
      add(
          Code.NO_SHRINK_ALLOWED,
          "with a greatest shrink of 0 the next backup fails as soon as a row has been deleted",
          "allow a fraction such as 0.2; name tables that never lose rows singly");
    }
  }

  private void naming() {
    Set<Trigger> undated =
        triggers(
            t ->
                !policy.naming().of(t).contains("{date}")
                    || !policy.naming().of(t).contains("{time}"));
    if (!undated.isEmpty()) {
      add(
          Code.NAME_WITHOUT_TIME,
          "names of "
              + names(undated)
              + " backups do not tell when they were taken; those that are the same are told apart by a number",
          "put {date} and {time} into the pattern");
    }
  }

  private void copies(int storages) {
    if (storages == 1) {
      add(
          Code.SINGLE_COPY,
          "there is one storage: with it all backups are lost",
          "add a second storage elsewhere and require 2 copies");
    } else if (policy.copiesRequired() < storages) {
      add(
          Code.FEWER_COPIES_THAN_STORAGES,
          "a backup counts as good with %d of %d copies"
              .formatted(policy.copiesRequired(), storages),
          "require as many copies as there are storages, unless one is a convenience only");
    }
  }

  /** How long a trigger's rules keep a backup at most; empty if for ever or not known. */
  private Optional<Duration> keptAtMost(Trigger trigger) {
    return keptAtMost(policy.retention(), trigger);
  }

  private Optional<Duration> keptAtMost(Retention retention, Trigger trigger) {
    List<Optional<Duration>> spans =
        retention.of(trigger).stream().map(rule -> span(trigger, rule)).toList();
    return spans.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : spans.stream().flatMap(Optional::stream).max(Duration::compareTo);
  }

  private Optional<Duration> span(Trigger trigger, RetentionRule rule) {
    if (rule instanceof RetentionRule.KeepFor keep) {
      return Optional.of(keep.age());
    } else if (rule instanceof RetentionRule.KeepLast keep) {
      return trigger == Trigger.SCHEDULED
          ? interval.map(between -> between.multipliedBy(keep.count()))
          : Optional.empty();
    } else if (rule instanceof RetentionRule.KeepDaily keep) {
      return Optional.of(Duration.ofDays(keep.count()));
    } else if (rule instanceof RetentionRule.KeepWeekly keep) {
      return Optional.of(Duration.ofDays(7L * keep.count()));
    } else if (rule instanceof RetentionRule.KeepMonthly keep) {
      return Optional.of(Duration.ofDays(31L * keep.count()));
    }
    return Optional.of(Duration.ofDays(366L * ((RetentionRule.KeepYearly) rule).count()));
  }

  private static Set<Trigger> triggers(Predicate<Trigger> which) {
    return RECURRING.stream()
        .filter(which)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Trigger.class)));
  }

  private static String names(Set<Trigger> triggers) {
    return triggers.stream().map(Enum::name).collect(Collectors.joining(", "));
  }

  private void add(Code code, String message, String remedy) {
    warnings.add(new PolicyWarning(code, message, remedy));
  }
}
