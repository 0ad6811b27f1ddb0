package com.conitrack.backup.spring.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.spring.ConitrackBackupAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class ObserveAutoConfigurationTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  ConitrackBackupAutoConfiguration.class,
                  StatusAutoConfiguration.class,
                  MetricsAutoConfiguration.class,
                  ObservationAutoConfiguration.class,
                  EndpointAutoConfiguration.class,
                  Boot3HealthAutoConfiguration.class))
          .withBean(Database.class, () -> InMemoryDatabase.named("stock"))
          .withBean(BackupStorage.class, () -> new InMemoryStorage("nas"));

  @Test
  void exposesNoEndpointUnlessAsked() {
    runner.run(
        context -> {
          assertThat(context).hasSingleBean(StatusCache.class);
          assertThat(context).hasSingleBean(Boot3HealthIndicator.class);
          assertThat(context).hasSingleBean(BackupMeters.class);
          assertThat(context).doesNotHaveBean(ConitrackBackupEndpoint.class);
          assertThat(context).doesNotHaveBean(BackupObservations.class);
        });
  }

  @Test
  void doesWithoutActuatorAndMicrometer() {
    runner
        .withClassLoader(
            new FilteredClassLoader(
                "org.springframework.boot.actuate",
                "org.springframework.boot.health",
                "io.micrometer"))
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context).hasSingleBean(StatusCache.class);
              assertThat(context).hasSingleBean(BackupEventPublisher.class);
              assertThat(context).doesNotHaveBean("conitrackBackupMeters");
              assertThat(context).doesNotHaveBean("conitrackBackupHealthIndicator");
            });
  }

  @Test
  void backsOffWithTheBackups() {
    runner
        .withPropertyValues("conitrack.backup.enabled=false")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context).doesNotHaveBean(StatusCache.class);
              assertThat(context).doesNotHaveBean("conitrackBackupMeters");
              assertThat(context).doesNotHaveBean("conitrackBackupHealthIndicator");
            });
  }

  @Test
  void leavesHealthOutWhereItIsTurnedOff() {
    runner
        .withPropertyValues("management.health.conitrackBackup.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean("conitrackBackupHealthIndicator"));
  }
}
