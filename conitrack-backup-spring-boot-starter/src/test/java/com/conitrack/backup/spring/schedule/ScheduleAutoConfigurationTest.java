package com.conitrack.backup.spring.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.schedule.BackupScheduler;
import com.conitrack.backup.core.schedule.ScheduleEvent;
import com.conitrack.backup.core.schedule.ScheduleListener;
import com.conitrack.backup.spring.ConitrackBackupAutoConfiguration;
import com.conitrack.backup.spring.RunLocks;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;

class ScheduleAutoConfigurationTest {
  private static final String P = "conitrack.backup.";

  private final Shed shed = new Shed();
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  ConitrackBackupAutoConfiguration.class,
                  ScheduleAutoConfiguration.class,
                  ShedLockAutoConfiguration.class))
          .withBean(
              Database.class,
              () ->
                  InMemoryDatabase.named("stock")
                      .table("public.lote", "id")
                      .row("public.lote", "1"))
          .withBean(BackupStorage.class, () -> new InMemoryStorage("nas"))
          .withBean(Seen.class);

  @Test
  void takesBackupsFromWhenTheApplicationIsReadyUntilItEnds() {
    ScheduleKeeper[] kept = new ScheduleKeeper[1];
    runner
        .withBean(Told.class)
        .run(
            context -> {
              ScheduleKeeper keeper = context.getBean(ScheduleKeeper.class);
              kept[0] = keeper;
              assertThat(keeper.isRunning()).isFalse();

              becomeReady(context);
              await()
                  .atMost(Duration.ofMinutes(1))
                  .until(() -> context.getBean(Seen.class).has(ScheduleEvent.Taken.class));

              assertThat(keeper.isRunning()).isTrue();
              assertThat(context.getBean(Told.class).events)
                  .hasAtLeastOneElementOfType(ScheduleEvent.Taken.class);
            });
    assertThat(kept[0].isRunning()).isFalse();
  }

  @Test
  void goesOnInAContextThatIsStoppedAndStartedAgain() {
    runner.run(
        context -> {
          ScheduleKeeper keeper = context.getBean(ScheduleKeeper.class);
          becomeReady(context);
          context.stop();
          assertThat(keeper.isRunning()).isFalse();
          context.start();
          assertThat(keeper.isRunning()).isTrue();
        });
  }

  @Test
  void takesNothingWherePolicyHasNoSchedule() {
    runner
        .withPropertyValues(P + "policy.schedule=none")
        .run(
            context -> {
              becomeReady(context);
              assertThat(context).hasNotFailed();
              assertThat(context.getBean(ScheduleKeeper.class).isRunning()).isFalse();
            });
  }

  @Test
  void backsOffWhenTurnedOffOrWithoutBackups() {
    for (String key : List.of("schedule.enabled=false", "enabled=false")) {
      runner
          .withPropertyValues(P + key)
          .run(
              context -> {
                assertThat(context).hasNotFailed();
                assertThat(context).doesNotHaveBean(ScheduleKeeper.class);
                assertThat(context).doesNotHaveBean(ScheduleEventPublisher.class);
              });
    }
  }

  @Test
  void leavesTheScheduleToTheApplicationsOwnScheduler() {
    runner
        .withBean(
            "own",
            BackupScheduler.class,
            () ->
                ConitrackBackup.builder()
                    .database(InMemoryDatabase.named("other"))
                    .storage(new InMemoryStorage("other"))
                    .build()
                    .scheduler()
                    .build())
        .run(context -> assertThat(context).doesNotHaveBean(ScheduleKeeper.class));
  }

  @Test
  void keepsReplicasApartByShedLockWhereItIsAskedFor() {
    LockConfiguration other =
        new LockConfiguration(
            Instant.now(), "conitrack-backup stock", Duration.ofMinutes(5), Duration.ZERO);
    runner
        .withBean(LockProvider.class, shed::provider)
        .withPropertyValues(P + "schedule.lock=shedlock", P + "lock-wait=0s")
        .run(
            context -> {
              assertThat(context).hasSingleBean(RunLocks.class);
              assertThat(shed.provider().lock(other)).isPresent();
              becomeReady(context);
              await()
                  .atMost(Duration.ofMinutes(1))
                  .until(() -> context.getBean(Seen.class).has(ScheduleEvent.Postponed.class));
              shed.free();
              await()
                  .atMost(Duration.ofMinutes(1))
                  .until(() -> context.getBean(Seen.class).has(ScheduleEvent.Taken.class));
              assertThat(shed.unlocks()).isPositive();
            });
  }

  /** As the gate before migrations does, which the provider's own beans may wait for. */
  @Test
  void takesShedLocksWhileTheApplicationStillMakesItsBeans() {
    runner
        .withBean(TakesABackup.class)
        .withBean(LockProvider.class, shed::provider)
        .withPropertyValues(P + "schedule.lock=shedlock")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(shed.unlocks()).isEqualTo(1);
            });
  }

  static class TakesABackup {
    TakesABackup(ConitrackBackup backups) {
      backups.backup(Trigger.MANUAL).orThrow();
    }
  }

  @Test
  void usesTheDatabasesOwnLockUnlessAsked() {
    runner
        .withBean(LockProvider.class, shed::provider)
        .run(
            context -> {
              assertThat(context).doesNotHaveBean(RunLocks.class);
              context.getBean(ConitrackBackup.class).backup(Trigger.MANUAL).orThrow();
              assertThat(shed.rows()).isEmpty();
            });
  }

  @Test
  void doesNotStartWithoutTheShedLockThatIsAskedFor() {
    runner
        .withPropertyValues(P + "schedule.lock=shedlock")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("conitrack.backup.schedule.lock")
                    .hasMessageContaining("make one LockProvider bean"));
  }

  @Test
  void doesWithoutShedLockOnTheClassPath() {
    runner
        .withClassLoader(new FilteredClassLoader("net.javacrumbs.shedlock"))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context).hasSingleBean(ScheduleKeeper.class);
            });
  }

  private static void becomeReady(ConfigurableApplicationContext context) {
    context.publishEvent(
        new ApplicationReadyEvent(
            new SpringApplication(Seen.class), new String[0], context, Duration.ZERO));
  }

  /** Sees application events. */
  static class Seen {
    private final List<ScheduleEvent> events = new CopyOnWriteArrayList<>();

    @EventListener
    void on(ScheduleEvent event) {
      events.add(event);
    }

    boolean has(Class<?> type) {
      return events.stream().anyMatch(type::isInstance);
    }
  }

  /** Is told as a listener. */
  static class Told implements ScheduleListener {
    private final List<ScheduleEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void on(ScheduleEvent event) {
      events.add(event);
    }
  }
}
