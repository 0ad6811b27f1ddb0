package com.conitrack.backup.spring.schedule;

import com.conitrack.backup.core.schedule.BackupScheduler;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps the schedule while the application runs. Begins only when the application is ready, after
 * its runners, so that a backup due at the start delays nothing and one that fails to start takes
 * none; ends before everything else, while what a backup in progress needs is still there. A
 * context that is stopped and started again gets a new scheduler.
 */
final class ScheduleKeeper implements SmartLifecycle, ApplicationListener<ApplicationReadyEvent> {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduleKeeper.class);

  private final @Nullable Supplier<BackupScheduler> schedulers;
  private volatile @Nullable BackupScheduler scheduler;

  ScheduleKeeper(@Nullable Supplier<BackupScheduler> schedulers) {
    this.schedulers = schedulers;
  }

  /** Where the policy has no schedule. */
  static ScheduleKeeper ofNothing() {
    return new ScheduleKeeper(null);
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent event) {
    start();
  }

  @Override
  public boolean isAutoStartup() {
    return false;
  }

  @Override
  public synchronized void start() {
    if (schedulers == null) {
      LOG.info("the policy has no schedule: no backups are taken by this application on its own");
      return;
    }
    if (scheduler == null) {
      BackupScheduler made = schedulers.get();
      made.start();
      scheduler = made;
    }
  }

  @Override
  public synchronized void stop() {
    BackupScheduler running = scheduler;
    if (running != null) {
      running.close();
      scheduler = null;
    }
  }

  @Override
  public boolean isRunning() {
    return scheduler != null;
  }

  @Override
  public int getPhase() {
    return Integer.MAX_VALUE;
  }
}
