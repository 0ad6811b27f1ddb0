package com.conitrack.backup.core.schedule;

import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.policy.Schedule;
import com.conitrack.backup.core.schedule.NextStep.Take;
import com.conitrack.backup.core.schedule.NextStep.Wait;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the policy's schedule in this process; no scheduler of the host is needed. Made with {@code
 * ConitrackBackup.scheduler()}.
 *
 * <p><b>Many replicas</b> may each have one. Whether a run still needs a backup is looked at in the
 * register under the lock of the database, so exactly one of them takes it; the others tell whose
 * backup did it. If that one dies, another takes over within seconds.
 *
 * <p><b>Missed runs</b>, of a time when no replica was up or the machine slept, are caught up as
 * the policy says: by one backup for the last of them. A run that fails is tried again after a
 * minute, then after twice as long each time, up to an hour, until the next one is due.
 *
 * <p><b>Time</b> is the configured clock's, looked at every 15 seconds at least: a clock that is
 * put forward makes one run due, one that is put back repeats none.
 *
 * <p><b>Threads.</b> {@link #start()} makes one daemon thread: it does not keep a process alive
 * whose other threads have ended, and a backup that ends so is cleared up by the next one. {@link
 * #run()} uses the caller's thread instead. {@link #close()} and interrupting that thread end
 * either: a backup in progress is given up, and nothing of it is visible.
 *
 * <p>Safe for use by many threads.
 */
public final class BackupScheduler implements AutoCloseable, Runnable {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final RunTaker taker;
  private final FollowUps followUps;
  private final Announcements announcements;
  private final Schedule schedule;
  private final Clock clock;
  private final Waiting waiting;
  private final Backoff backoff;
  private final Duration lockPause;
  private final Duration shutdownLimit;

  private @Nullable Thread runner;
  private boolean started;
  private volatile boolean closed;

  // What follows belongs to the running thread.
  private boolean contended;
  private int troubles;
  private @Nullable Instant troubledBy;
  private @Nullable Instant toldOf;
  private @Nullable Instant toldToWaitFor;

  BackupScheduler(
      RunTaker taker,
      FollowUps followUps,
      Announcements announcements,
      Schedule schedule,
      Clock clock,
      BackupSchedulerBuilder settings) {
    this.taker = taker;
    this.followUps = followUps;
    this.announcements = announcements;
    this.schedule = schedule;
    this.clock = clock;
    this.waiting = settings.waiting();
    this.backoff = settings.backoff();
    this.lockPause = settings.lockPause();
    this.shutdownLimit = settings.shutdownLimit();
  }

  /**
   * Begins on a daemon thread of its own.
   *
   * @throws IllegalStateException if it was begun or closed before
   */
  public void start() {
    Thread thread = new Thread(this::keep, "conitrack-backup scheduler");
    thread.setDaemon(true);
    begin(thread);
    thread.start();
  }

  /**
   * Keeps the schedule on the calling thread, until closed by another or interrupted.
   *
   * @throws IllegalStateException if it was begun or closed before
   */
  @Override
  public void run() {
    begin(Thread.currentThread());
    keep();
  }

  private synchronized void begin(Thread thread) {
    if (started || closed) {
      throw new IllegalStateException("a scheduler is started once, and not after it was closed");
    }
    started = true;
    runner = thread;
  }

  private void keep() {
    try {
      while (!closed) {
        awaitUntil(step());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  private synchronized void end() {
    runner = null;
    if (closed) {
      // Ours; the caller of run() has other things to do.
      Thread.interrupted();
    }
    notifyAll();
  }

  private void awaitUntil(Instant wake) throws InterruptedException {
    while (!closed) {
      Duration left = Duration.between(clock.instant(), wake);
      if (left.isNegative() || left.isZero()) {
        return;
      }
      waiting.pause(left.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : left);
    }
  }

  /** Does what is to be done now, and tells when to look again. */
  private Instant step() {
    try {
      if (contended) {
        return contend();
      }
      NextStep step = taker.look();
      return step instanceof Wait wait ? idle(wait) : contend();
    } catch (RuntimeException e) {
      return isEnding() ? clock.instant() : failed(null, String.valueOf(e.getMessage()));
    }
  }

  /** Without a look at the storages while another one is at work, which may take hours. */
  private Instant contend() {
    RunTaker.Result result;
    try {
      result =
          taker.take((run, missed) -> announcements.tell(new ScheduleEvent.Begun(run, missed)));
    } catch (BackupException e) {
      contended = false;
      return isEnding() ? clock.instant() : outOfReach(e);
    }
    contended = result instanceof RunTaker.Result.Locked;
    if (result instanceof RunTaker.Result.Tried tried) {
      return tried(tried.run(), tried.outcome());
    }
    return result instanceof RunTaker.Result.Locked locked
        ? postponed(locked.why())
        : idle(((RunTaker.Result.Idle) result).step());
  }

  private Instant tried(Run run, BackupOutcome outcome) {
    toldOf = run.due();
    if (isEnding() && !outcome.good()) {
      announcements.tell(new ScheduleEvent.GivenUp(run));
      return clock.instant();
    }
    if (outcome.good()) {
      troubles = 0;
      announcements.tell(new ScheduleEvent.Taken(run, outcome));
    }
    followUps.after(outcome);
    if (outcome instanceof BackupOutcome.Failed failed) {
      return failed(run.due(), String.valueOf(failed.failure().getMessage()));
    }
    if (!outcome.good()) {
      String why = "backup '" + outcome.id() + "' is degraded and waits to be replicated";
      announcements.tell(new ScheduleEvent.Failed(run.due(), why, null));
    }
    return schedule.next(run.due());
  }

  private boolean isEnding() {
    return closed || Thread.currentThread().isInterrupted();
  }

  /** The lock could not be asked for. Of many replicas that find this, few record it. */
  private Instant outOfReach(BackupException why) {
    NextStep step = taker.look();
    if (step instanceof Take take) {
      taker.notBegun(take.run(), why);
      return failed(take.run().due(), String.valueOf(why.getMessage()));
    }
    return idle((Wait) step);
  }

  private Instant failed(@Nullable Instant due, String why) {
    if (!Objects.equals(due, troubledBy)) {
      troubledBy = due;
      troubles = 0;
    }
    Instant now = clock.instant();
    Instant retryAt = now.plus(backoff.after(++troubles));
    Instant next = schedule.next(now);
    boolean retried = retryAt.isBefore(next);
    announcements.tell(new ScheduleEvent.Failed(due, why, retried ? retryAt : null));
    return retried ? retryAt : next;
  }

  private Instant postponed(String why) {
    Instant now = clock.instant();
    Instant due = schedule.previous(now.plusNanos(1));
    if (!due.equals(toldOf)) {
      toldOf = due;
      announcements.tell(new ScheduleEvent.Postponed(due, why));
    }
    return now.plus(lockPause);
  }

  private Instant idle(Wait step) {
    Run latest = step.latest();
    Attempt by = latest.servedBy();
    if (!step.until().equals(toldToWaitFor)) {
      toldToWaitFor = step.until();
      if (by != null) {
        announcements.tell(new ScheduleEvent.ServedElsewhere(latest, by));
      } else if (latest.state() == RunState.MISSED) {
        announcements.tell(new ScheduleEvent.Skipped(latest));
      }
      announcements.tell(new ScheduleEvent.Waiting(step.until()));
    }
    return step.until();
  }

  /**
   * Ends it: a backup in progress is interrupted, and waited for within the limit that was set.
   * Closing again does nothing.
   */
  @Override
  public synchronized void close() {
    closed = true;
    Thread thread = runner;
    if (thread == null || thread == Thread.currentThread()) {
      return;
    }
    thread.interrupt();
    try {
      awaitEnd();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitEnd() throws InterruptedException {
    long deadline = System.nanoTime() + shutdownLimit.toNanos();
    for (long left = shutdownLimit.toNanos();
        runner != null && left > 0;
        left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Whether it has been started and not ended. */
  public synchronized boolean isRunning() {
    return runner != null;
  }
}
