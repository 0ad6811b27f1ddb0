package com.conitrack.backup.core.schedule;

import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.policy.ConfigurationException;
import com.conitrack.backup.core.policy.PolicyProblem;
import com.conitrack.backup.core.policy.Schedule;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.setup.Setup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Puts a {@link BackupScheduler} together. Belongs to one thread. */
public final class BackupSchedulerBuilder {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;
  private final List<ScheduleListener> listeners = new ArrayList<>();
  private Waiting waiting = Waiting.sleeping();
  private Backoff backoff = Backoff.USUAL;
  private Duration lockPause = Duration.ofSeconds(5);
  private Duration shutdownLimit = Duration.ofSeconds(30);

  /** For the database of {@code setup} and what its storages hold. */
  public BackupSchedulerBuilder(Setup setup, Register register, CatalogueReader catalogueReader) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
  }

  /** One more listener. */
  public BackupSchedulerBuilder listener(ScheduleListener listener) {
    listeners.add(listener);
    return this;
  }

  /** How to wait; by default by sleeping. */
  public BackupSchedulerBuilder waiting(Waiting how) {
    waiting = how;
    return this;
  }

  /**
   * After how long a run that failed is tried again; by default after a minute, then after twice as
   * long each time, up to an hour.
   *
   * @param first the first pause, more than zero
   * @param longest what no pause exceeds, no less than the first
   */
  public BackupSchedulerBuilder retry(Duration first, Duration longest) {
    backoff = new Backoff(first, longest);
    return this;
  }

  /** How often to look whether another runner has ended; by default every 5 seconds. */
  public BackupSchedulerBuilder lockPause(Duration pause) {
    if (pause.isZero() || pause.isNegative()) {
      throw new IllegalArgumentException("a pause is longer than nothing, not " + pause);
    }
    lockPause = pause;
    return this;
  }

  /** How long closing waits for a backup that it interrupted; by default 30 seconds. */
  public BackupSchedulerBuilder shutdownLimit(Duration limit) {
    shutdownLimit = limit;
    return this;
  }

  Waiting waiting() {
    return waiting;
  }

  Backoff backoff() {
    return backoff;
  }

  Duration lockPause() {
    return lockPause;
  }

  Duration shutdownLimit() {
    return shutdownLimit;
  }

  /**
   * The scheduler, not yet started. Does no I/O.
   *
   * @throws ConfigurationException if the policy has no schedule
   */
  public BackupScheduler build() {
    Schedule schedule = setup.policy().schedule();
    if (schedule == null) {
      throw new ConfigurationException(
          "unable to keep a schedule",
          List.of(
              new PolicyProblem(
                  "schedule", "the policy has none", "give it one, such as '0 3 * * *'")));
    }
    Announcements announcements = new Announcements(listeners);
    RunPlanner planner = new RunPlanner(setup.policy().runs().catchUp(), backoff);
    return new BackupScheduler(
        new RunTaker(setup, register, catalogueReader, schedule, planner),
        new FollowUps(setup, register, catalogueReader, announcements),
        announcements,
        schedule,
        setup.clock(),
        this);
  }
}
