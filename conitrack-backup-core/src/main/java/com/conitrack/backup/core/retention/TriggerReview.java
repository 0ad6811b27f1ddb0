package com.conitrack.backup.core.retention;

import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.Retention;
import com.conitrack.backup.core.retention.RuleCount.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes the backups of one trigger newest first and says of each what the trigger's rules say. */
final class TriggerReview {
  private final Trigger trigger;
  private final List<RuleCount> rules;

  TriggerReview(Retention retention, Trigger trigger, Instant now) {
    this.trigger = trigger;
    this.rules =
        retention.of(trigger).stream().map(r -> RuleCount.of(r, retention.zone(), now)).toList();
  }

  /** Judges the next backup and counts it if it is good. */
  Opinion next(CatalogueEntry entry) {
    Instant startedAt = entry.manifest().startedAt();
    List<Verdict> verdicts = rules.stream().map(rule -> rule.judge(startedAt)).toList();
    if (entry.good()) {
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
    if (!entry.good()) {
      against.add("it is not good");
    }
    for (Verdict verdict : verdicts) {
      if (!verdict.keeps()) {
        against.add(verdict.reason());
      } else if (entry.good()) {
        forIt.add(verdict.reason());
      } else {
        forIt.add("it is not good but may still be mended, and then " + verdict.reason());
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
