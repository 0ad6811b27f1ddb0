package com.conitrack.backup.core.schedule;

import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.backup.BackupRequest;
import com.conitrack.backup.core.backup.BackupTaker;
import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.policy.Schedule;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.schedule.NextStep.Take;
import com.conitrack.backup.core.setup.Setup;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the backup of a run, unless somebody else has. Whether there is something to do is looked
 * at under the lock that every backup of the database is taken under: of many replicas that come at
 * the same moment, the first takes the backup and the others find it.
 */
final class RunTaker {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;
  private final Schedule schedule;
  private final RunPlanner planner;
  private final BackupTaker backups;
  private @Nullable String database;

  RunTaker(
      Setup setup,
      Register register,
      CatalogueReader catalogueReader,
      Schedule schedule,
      RunPlanner planner) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
    this.schedule = schedule;
    this.planner = planner;
    this.backups = new BackupTaker(setup, register, catalogueReader);
  }

  /** What came of it. */
  sealed interface Result {
    /** A backup was tried. */
    record Tried(Run run, BackupOutcome outcome) implements Result {}

    /** There was nothing to do any more, or not yet. */
    record Idle(NextStep.Wait step) implements Result {}

    /** Somebody else is at work. */
    record Locked(String why) implements Result {}
  }

  /**
   * What is to be done, as the storages tell it now.
   *
   * @throws BackupException if neither database nor storages told enough
   */
  NextStep look() {
    return planner.decide(calendar(), setup.clock().instant());
  }

  private RunCalendar calendar() {
    return RunCalendar.of(
        schedule,
        setup.policy().runs().grace(),
        databaseName(),
        catalogueReader.read(),
        register.entries());
  }

  private String databaseName() {
    String known = database;
    if (known == null) {
      known = setup.database().inspector().inspect().name();
      database = known;
    }
    return known;
  }

  /**
   * @param begins is told of the run, and of how many were missed right before it
   * @throws BackupException if the database is out of reach, or the storages cannot be read
   */
  Result take(BiConsumer<Run, Integer> begins) {
    try (RunLock.Held held =
        setup.database().lock().acquire(setup.holder("scheduled backup"), Duration.ZERO)) {
      RunCalendar calendar = calendar();
      NextStep step = planner.decide(calendar, setup.clock().instant());
      if (step instanceof NextStep.Wait wait) {
        return new Result.Idle(wait);
      }
      Run run = ((Take) step).run();
      begins.accept(run, calendar.missedBefore(run.due(), setup.clock().instant(), MOST_COUNTED));
      return new Result.Tried(run, backups.takeUnder(held, BackupRequest.scheduled(run.due())));
    } catch (BackupException e) {
      if (e.kind() == ErrorKind.LOCKED) {
        return new Result.Locked(e.why());
      }
      throw e;
    }
  }

  /** Records that a run could not even begin. */
  BackupOutcome notBegun(Run run, BackupException why) {
    return backups.notBegun(BackupRequest.scheduled(run.due()), why);
  }

  private static final int MOST_COUNTED = 1_000;
}
