package com.conitrack.backup.testsupport.usecase;

import static com.conitrack.backup.testsupport.usecase.World.backupKeys;
import static com.conitrack.backup.testsupport.usecase.World.manifests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.backup.BackupRequest;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.ConfigurationException;
import com.conitrack.backup.core.policy.RetentionRule;
import com.conitrack.backup.core.policy.RunRules;
import com.conitrack.backup.core.policy.RunRules.CatchUp;
import com.conitrack.backup.core.policy.RunRules.Task;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.schedule.BackupScheduler;
import com.conitrack.backup.core.schedule.RunState;
import com.conitrack.backup.core.schedule.ScheduleEvent;
import com.conitrack.backup.core.schedule.ScheduleEvent.Failed;
import com.conitrack.backup.core.schedule.ScheduleEvent.GivenUp;
import com.conitrack.backup.core.schedule.ScheduleEvent.ServedElsewhere;
import com.conitrack.backup.core.schedule.ScheduleEvent.Skipped;
import com.conitrack.backup.core.schedule.ScheduleEvent.Taken;
import com.conitrack.backup.core.schedule.ScheduleEvent.TaskDone;
import com.conitrack.backup.core.schedule.Waiting;
import com.conitrack.backup.testsupport.storage.Fault;
import com.conitrack.backup.testsupport.storage.Gate;
import com.conitrack.backup.testsupport.storage.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchedulerTest {
  private static final Instant DUE = Instant.parse("2026-03-02T03:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final World world = new World();
  private final SettableClock clock = new SettableClock(DUE.minusSeconds(60));
  private final List<ScheduleEvent> told = Collections.synchronizedList(new ArrayList<>());
  private BackupPolicy policy = World.POLICY;

  @AfterEach
  void nothingIsLeftOpen() {
    Thread.interrupted();
    assertThat(world.nasBelow.openHandles()).isEmpty();
    assertThat(world.usbBelow.openHandles()).isEmpty();
  }

  @Test
  void backupsAreTakenWhenTheyAreDue() {
    startedBefore();

    keepUntil(DUE.plus(DAY).plusSeconds(1));

    assertThat(manifests(backups()))
        .extracting(Manifest::due)
        .containsExactly(DUE.plus(DAY), DUE, DUE.minus(DAY));
    assertThat(states(DUE, DUE.plus(DAY.multipliedBy(2))))
        .containsExactly(RunState.DONE, RunState.DONE);
  }

  @Test
  void afterADowntimeOneBackupDoesForAllRunsThatWereMissed() {
    startedBefore();
    clock.advance(DAY.multipliedBy(5));

    keepUntil(clock.instant().plusSeconds(30));

    assertThat(of(Taken.class)).hasSize(1);
    assertThat(told).first().isEqualTo(new ScheduleEvent.Begun(of(Taken.class).get(0).run(), 4));
    assertThat(states(DUE, DUE.plus(DAY.multipliedBy(5))))
        .containsExactly(
            RunState.MISSED, RunState.MISSED, RunState.MISSED, RunState.MISSED, RunState.LATE);
  }

  @Test
  void aMissedRunIsLeftWhereThePolicySaysSo() {
    policy = policy(RunRules.DEFAULT.withCatchUp(CatchUp.WAIT));
    startedBefore();
    clock.advance(Duration.ofHours(12));

    keepUntil(DUE.plus(DAY).plusSeconds(1));

    assertThat(of(Skipped.class)).extracting(event -> event.run().due()).containsExactly(DUE);
    assertThat(of(Taken.class))
        .extracting(event -> event.run().due())
        .containsExactly(DUE.plus(DAY));
  }

  @Test
  void aClockPutBackRepeatsNoRun() {
    startedBefore();
    keepUntil(DUE.plusSeconds(10));
    clock.advance(Duration.ofHours(-2));

    keepUntil(DUE.plusSeconds(20));

    assertThat(of(Taken.class)).hasSize(1);
    assertThat(of(ServedElsewhere.class))
        .extracting(event -> event.run().due())
        .containsExactly(DUE.minus(DAY), DUE.minus(DAY), DUE);
  }

  @Test
  void aRunThatFailsIsTriedAgain() {
    startedBefore();
    world.database.failNextDumpAfter(
        200, new DatabaseException(ErrorKind.CONNECTION, "unable to dump", "it died", null));

    keepUntil(DUE.plusSeconds(90));

    assertThat(of(Failed.class)).extracting(Failed::due).containsExactly(DUE);
    assertThat(of(Failed.class).get(0).retryAt()).isEqualTo(DUE.plusSeconds(60));
    assertThat(of(Taken.class))
        .extracting(event -> event.run().failures().size())
        .containsExactly(1);
    assertThat(states(DUE, DUE.plus(DAY))).containsExactly(RunState.DONE);
  }

  @Test
  void ofEightReplicasOneTakesTheBackup() throws Exception {
    startedBefore();
    clock.advance(Duration.ofSeconds(60));
    ExecutorService replicas = Executors.newFixedThreadPool(8);
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      BackupScheduler replica = scheduler(untilWaitingForNextRun());
      all.add(replicas.submit(replica));
    }
    for (Future<?> each : all) {
      each.get(3, TimeUnit.MINUTES);
    }
    replicas.shutdown();

    assertThat(of(Taken.class)).hasSize(1);
    assertThat(of(ServedElsewhere.class)).hasSize(7);
    assertThat(of(ServedElsewhere.class))
        .allSatisfy(
            event ->
                assertThat(event.by().backup()).isEqualTo(of(Taken.class).get(0).outcome().id()));
  }

  @Test
  void tasksFollowTheBackup() {
    policy =
        World.POLICY.toBuilder()
            .retain(Trigger.SCHEDULED, RetentionRule.last(1))
            .drillInterval(Duration.ofDays(30))
            .runs(RunRules.DEFAULT.withTasks(Task.DRILL, Task.PRUNE, Task.REPLICATE))
            .build();
    startedBefore();
    world.usb.add(
        key -> key.endsWith(".sql.gz"), new Fault.FailNth(Operation.BEGIN, 1, ErrorKind.IO));

    keepUntil(DUE.plusSeconds(30));

    assertThat(of(TaskDone.class))
        .extracting(event -> event.task() + " " + event.what())
        .containsExactly(
            "REPLICATE 1 copies were made up",
            "PRUNE 1 backups were deleted",
            "DRILL a drill passed");
  }

  @Test
  void closingGivesUpTheBackupInProgress() {
    startedBefore();
    clock.advance(Duration.ofSeconds(60));
    Gate gate = new Gate();
    world.nas.add(key -> key.endsWith(".sql.gz"), new Fault.Stall(Operation.COMMIT, gate));
    world.usb.add(key -> key.endsWith(".sql.gz"), new Fault.Stall(Operation.COMMIT, gate));
    BackupScheduler scheduler =
        world
            .impatient()
            .clock(clock)
            .build()
            .scheduler()
            .listener(told::add)
            .shutdownLimit(Duration.ofMinutes(1))
            .build();

    scheduler.start();
    await().atMost(Duration.ofMinutes(1)).until(() -> !of(ScheduleEvent.Begun.class).isEmpty());
    scheduler.close();
    gate.open();

    assertThat(scheduler.isRunning()).isFalse();
    assertThat(of(Taken.class)).isEmpty();
    assertThat(of(GivenUp.class)).hasSize(1);
    assertThat(manifests(backups())).extracting(Manifest::due).containsExactly(DUE.minus(DAY));
    assertThatThrownBy(scheduler::start).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aLockLostWhileTheDumpPassesEndsTheBackup() {
    AtomicBoolean lost = new AtomicBoolean(true);
    Gate gate = new Gate();
    world.nas.add(key -> key.endsWith(".sql.gz"), new Fault.Stall(Operation.WRITE, gate));
    world.usb.add(key -> key.endsWith(".sql.gz"), new Fault.Stall(Operation.WRITE, gate));

    var outcome =
        world
            .builder()
            .stallLimit(Duration.ofSeconds(30))
            .lock(losing(lost))
            .build()
            .backup(Trigger.MANUAL);
    gate.open();

    assertThatThrownBy(outcome::orThrow).hasMessageContaining("the lock on the database was lost");
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(backupKeys(world.nasBelow)).isEmpty());
    assertThat(World.entries(backups(), RegisterEvent.BACKUP))
        .extracting(entry -> entry.outcome())
        .containsExactly("FAILED");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aLockLostWhileCopiesAreCommittedTakesThemBack() {
    AtomicBoolean lost = new AtomicBoolean();
    world.nas.add(key -> key.endsWith(".sql.gz"), new Fault.BeforeCommit(() -> lost.set(true)));

    var outcome = world.builder().lock(losing(lost)).build().backup(Trigger.MANUAL);

    assertThatThrownBy(outcome::orThrow).hasMessageContaining("the lock on the database was lost");
    assertThat(backupKeys(world.nasBelow)).isEmpty();
    assertThat(backupKeys(world.usbBelow)).isEmpty();
  }

  @Test
  void withoutAScheduleThereIsNothingToKeep() {
    ConitrackBackup backups = world.backups(World.POLICY.toBuilder().schedule(null).build());

    assertThatThrownBy(() -> backups.scheduler().build())
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("schedule");
    assertThat(backups.runs("stock")).isEmpty();
  }

  /** The run of the day before was taken, in time or not: from then on runs are expected. */
  private void startedBefore() {
    assertThat(backups().backup(BackupRequest.scheduled(DUE.minus(DAY))).good()).isTrue();
  }

  private ConitrackBackup backups() {
    return world.builder().policy(policy).clock(clock).build();
  }

  private static BackupPolicy policy(RunRules runs) {
    return World.POLICY.toBuilder().runs(runs).build();
  }

  /** Time passes only while the scheduler waits. */
  private void keepUntil(Instant end) {
    scheduler(
            atMost -> {
              Duration left = Duration.between(clock.instant(), end);
              if (left.isZero() || left.isNegative()) {
                throw new InterruptedException("the test is over");
              }
              clock.advance(left.compareTo(atMost) < 0 ? left : atMost);
            })
        .run();
    Thread.interrupted();
  }

  private BackupScheduler scheduler(Waiting waiting) {
    return backups().scheduler().listener(told::add).waiting(waiting).build();
  }

  /** Waits a moment for the lock, in real time; a longer wait means that there is nothing to do. */
  private Waiting untilWaitingForNextRun() {
    return atMost -> {
      if (atMost.compareTo(Duration.ofSeconds(5)) > 0) {
        throw new InterruptedException("the test is over");
      }
      TimeUnit.MILLISECONDS.sleep(5);
      clock.advance(Duration.ofSeconds(5));
    };
  }

  private List<RunState> states(Instant from, Instant to) {
    return backups().runs("stock").orElseThrow().between(from, to, clock.instant()).stream()
        .map(run -> run.state())
        .toList();
  }

  private <T extends ScheduleEvent> List<T> of(Class<T> type) {
    synchronized (told) {
      return told.stream().filter(type::isInstance).map(type::cast).toList();
    }
  }

  private static RunLock losing(AtomicBoolean lost) {
    return (who, wait) ->
        new RunLock.Held() {
          @Override
          public boolean isHeld() {
            return !lost.get();
          }

          @Override
          public void close() {}
        };
  }
}
