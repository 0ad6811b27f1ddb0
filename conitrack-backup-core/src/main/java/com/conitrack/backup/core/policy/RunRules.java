package com.conitrack.backup.core.policy;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a schedule is kept.
 *
 * @param catchUp what becomes of a run that nobody was there to take
 * @param grace how long after its instant a run may begin and still be in time; no longer than
 *     until the next one is due, whatever this says
 * @param tasks what follows a scheduled backup, in the order of {@link Task}
 */
public record RunRules(CatchUp catchUp, Duration grace, Set<Task> tasks) {
  /** Missed runs are caught up at once; an hour of grace; nothing follows a backup. */
  public static final RunRules DEFAULT = new RunRules(CatchUp.NOW, Duration.ofHours(1), Set.of());

  public RunRules {
    EnumSet<Task> ordered = EnumSet.noneOf(Task.class);
    ordered.addAll(tasks);
    tasks = Collections.unmodifiableSet(ordered);
  }

  /** What becomes of a run that was missed, while the application was down for instance. */
  public enum CatchUp {
    /** It is taken as soon as possible; of several that were missed only the last. */
    NOW,
    /** The next one is waited for. */
    WAIT
  }

  /** What may follow a scheduled backup. */
  public enum Task {
    /** Copies that are wanting are made up, also those of earlier backups. */
    REPLICATE,
    /** What retention no longer keeps is deleted; after a good backup only. */
    PRUNE,
    /**
     * The newest good backup is restored for proof, if the last drill is longer ago than the
     * policy's interval; after a good backup only.
     */
    DRILL
  }

  /** The same with another answer to missed runs. */
  public RunRules withCatchUp(CatchUp other) {
    return new RunRules(other, grace, tasks);
  }

  /** The same with another time of grace. */
  public RunRules withGrace(Duration other) {
    return new RunRules(catchUp, other, tasks);
  }

  /** The same with these tasks instead. */
  public RunRules withTasks(Task... others) {
    return new RunRules(catchUp, grace, Set.of(others));
  }
}
