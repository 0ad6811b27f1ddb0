package com.conitrack.backup.core.retention;

import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.Retention;
import com.conitrack.backup.core.retention.RuleCount.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Takes the backups of one trigger newest first and says of each what the trigger's rules say. */
final class TriggerReview {
  private final Trigger trigger;
  private final Predicate<CatalogueEntry> counted;
  private final List<RuleCount> rules;

  TriggerReview(
      Retention retention, Trigger trigger, Predicate<CatalogueEntry> counted, Instant now) {
    this.trigger = trigger;
    this.counted = counted;
    this.rules =
        retention.of(trigger).stream().map(r -> RuleCount.of(r, retention.zone(), now)).toList();
  }

  /** What is wrong with a backup that does not count. */
  static String lack(CatalogueEntry entry) {
    return entry.good() ? "it has no proved copy here" : "it is not good";
  }

  /** Judges the next backup and counts it if it is good. */
  Opinion next(CatalogueEntry entry) {
    Instant startedAt = entry.manifest().startedAt();
    List<Verdict> verdicts = rules.stream().map(rule -> rule.judge(startedAt)).toList();
    if (counted.test(entry)) {
      rules.forEach(rule -> rule.count(startedAt));
    }
    return opinion(entry, verdicts);
  }

  private Opinion opinion(CatalogueEntry entry, List<Verdict> verdicts) {
    if (rules.isEmpty()) {
      return new Opinion(List.of(trigger + " backups have no retention rule"), List.of());
    }
    List<String> forIt = new ArrayList<>();
    List<String> against = new ArrayList<>();
    boolean counts = counted.test(entry);
    if (!counts) {
      against.add(lack(entry));
    }
    for (Verdict verdict : verdicts) {
      if (!verdict.keeps()) {
        against.add(verdict.reason());
      } else if (counts) {
        forIt.add(verdict.reason());
      } else {
        forIt.add(lack(entry) + " but may still be mended, and then " + verdict.reason());
      }
    }
    return new Opinion(forIt, against);
  }

  /**
   * @param forIt what keeps it, possibly nothing
   * @param against what does not, not empty if nothing keeps it
   */
  record Opinion(List<String> forIt, List<String> against) {}
}
