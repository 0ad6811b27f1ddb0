package com.conitrack.backup.core.schedule;

import com.conitrack.backup.core.policy.RunRules.CatchUp;
import com.conitrack.backup.core.schedule.NextStep.Take;
import com.conitrack.backup.core.schedule.NextStep.Wait;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Decides what is to be done about a schedule. Only the last run that was due is ever taken: a
 * backup taken now does for all that were missed before it. Failures count whoever had them, so
 * that many replicas try again no more often than one.
 */
final class RunPlanner {
  private final CatchUp catchUp;
  private final Backoff backoff;

  RunPlanner(CatchUp catchUp, Backoff backoff) {
    this.catchUp = catchUp;
    this.backoff = backoff;
  }

  NextStep decide(RunCalendar calendar, Instant now) {
    Run latest = calendar.latest(now);
    Instant next = calendar.next(now);
    if (latest.served() || !isWanted(latest)) {
      return new Wait(next, latest);
    }
    Instant retryAt = retryAt(latest.failures(), now);
    if (!retryAt.isAfter(now)) {
      return new Take(latest);
    }
    return new Wait(retryAt.isBefore(next) ? retryAt : next, latest);
  }

  /** A degraded backup is made whole by replication, not by another one of the same kind. */
  private boolean isWanted(Run run) {
    boolean skipped = run.state() == RunState.MISSED && catchUp == CatchUp.WAIT;
    return !skipped && run.failures().stream().noneMatch(Attempt::kept);
  }

  /** When to try again; a failure dated after {@code now} by another clock delays nothing more. */
  private Instant retryAt(List<Attempt> failures, Instant now) {
    return failures.stream()
        .map(Attempt::endedAt)
        .max(Comparator.naturalOrder())
        .map(last -> last.isAfter(now) ? now : last)
        .map(last -> last.plus(backoff.after(failures.size())))
        .orElse(now);
  }
}
