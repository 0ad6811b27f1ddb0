package com.conitrack.backup.core.schedule;

import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.model.Actor;
import com.conitrack.backup.core.policy.RunRules.Task;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Something that a scheduler did or found. */
public sealed interface ScheduleEvent {
  /** The same in a sentence for people. */
  String text();

  /** Whether a person should look at it. */
  default boolean isTrouble() {
    return false;
  }

  /** Nothing is to be done before {@code next}. */
  record Waiting(Instant next) implements ScheduleEvent {
    @Override
    public String text() {
      return "the next run is due at " + next;
    }
  }

  /**
   * A backup begins.
   *
   * @param run the run that it is taken for
   * @param missedBefore how many runs right before it were missed, which it does for, too
   */
  record Begun(Run run, int missedBefore) implements ScheduleEvent {
    @Override
    public String text() {
      return "a backup begins for the run due at "
          + run.due()
          + (run.state() == RunState.MISSED ? ", which was missed" : "")
          + (missedBefore == 0 ? "" : ", and for " + missedBefore + " missed before it");
    }
  }

  /** A good backup was taken here. */
  record Taken(Run run, BackupOutcome outcome) implements ScheduleEvent {
    @Override
    public String text() {
      return "backup '" + outcome.id() + "' was taken for the run due at " + run.due();
    }
  }

  /** A run needs nothing from here: another replica, or somebody else, has taken its backup. */
  record ServedElsewhere(Run run, Attempt by) implements ScheduleEvent {
    @Override
    public String text() {
      Actor actor = by.by();
      return "the run due at "
          + run.due()
          + " was done by backup '"
          + by.backup()
          + "', taken by "
          + actor.name()
          + " on "
          + actor.host();
    }
  }

  /**
   * Another runner holds the lock; when it is free, whether there is still something to do is
   * looked at.
   */
  record Postponed(Instant due, String why) implements ScheduleEvent {
    @Override
    public String text() {
      return "the run due at " + due + " waits for another runner: " + why;
    }
  }

  /**
   * No good backup came of a run.
   *
   * @param due its instant; null where not even the runs could be looked at
   * @param retryAt when it is tried again, here or by another replica; null if it is not
   */
  record Failed(@Nullable Instant due, String why, @Nullable Instant retryAt)
      implements ScheduleEvent {
    @Override
    public String text() {
      return (due == null ? "the runs cannot be looked at" : "the run due at " + due + " failed")
          + ": "
          + why
          + (retryAt == null ? "; the next run is waited for" : "; tried again at " + retryAt);
    }

    @Override
    public boolean isTrouble() {
      return true;
    }
  }

  /**
   * A backup was interrupted because the scheduler ends. Another replica, or the next start, takes
   * it.
   */
  record GivenUp(Run run) implements ScheduleEvent {
    @Override
    public String text() {
      return "the backup for the run due at " + run.due() + " was given up: the scheduler ends";
    }
  }

  /** A missed run is not caught up, as the policy says. */
  record Skipped(Run run) implements ScheduleEvent {
    @Override
    public String text() {
      return "the run due at " + run.due() + " was missed and is not caught up";
    }

    @Override
    public boolean isTrouble() {
      return true;
    }
  }

  /** A task that follows a backup has something to tell. */
  record TaskDone(Task task, String what) implements ScheduleEvent {
    @Override
    public String text() {
      return task.name().toLowerCase(Locale.ROOT) + ": " + what;
    }
  }

  /** A task that follows a backup failed, or did not end well. */
  record TaskFailed(Task task, String why) implements ScheduleEvent {
    @Override
    public String text() {
      return task.name().toLowerCase(Locale.ROOT) + " failed: " + why;
    }

    @Override
    public boolean isTrouble() {
      return true;
    }
  }
}
