package com.conitrack.backup.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.flyway.MigrationGate;
import com.conitrack.backup.spring.flyway.Boot3FlywayAutoConfiguration;
import com.conitrack.backup.spring.flyway.Boot4FlywayAutoConfiguration;
import com.conitrack.backup.spring.flyway.MigrationGateAutoConfiguration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class FlywayGateTest {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(
              AutoConfigurations.of(
                  ConitrackBackupAutoConfiguration.class,
                  MigrationGateAutoConfiguration.class,
                  Boot3FlywayAutoConfiguration.class,
                  Boot4FlywayAutoConfiguration.class))
          .withBean(Database.class, () -> InMemoryDatabase.named("stock"))
          .withBean(BackupStorage.class, () -> new InMemoryStorage("memory"));

  @Test
  void standsBeforeTheMigrationsOfEitherGeneration() {
    runner.run(
        context -> {
          assertThat(context).hasSingleBean(MigrationGate.class);
          assertThat(context).hasSingleBean(FlywayMigrationStrategy.class);
          assertThat(context)
              .hasSingleBean(
                  org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy.class);
        });
  }

  @Test
  void standsBeforeAStrategyOfTheApplicationsOwn() {
    AtomicBoolean called = new AtomicBoolean();
    runner
        .withBean(FlywayMigrationStrategy.class, () -> flyway -> called.set(true))
        .run(
            context -> {
              FlywayMigrationStrategy strategy = context.getBean(FlywayMigrationStrategy.class);
              Flyway unreachable =
                  Flyway.configure()
                      .dataSource("jdbc:postgresql://localhost:1/stock", "app", "secret")
                      .load();
              assertThatThrownBy(() -> strategy.migrate(unreachable))
                  .isInstanceOf(RuntimeException.class);
              assertThat(called).as("before anything was asked of the database").isFalse();
            });
  }

  /** As with several data sources, where Spring Boot's own Flyway backs off. */
  @Test
  void standsBeforeAFlywayOfTheApplicationsOwn() {
    runner
        .withBean(
            Flyway.class,
            () ->
                Flyway.configure()
                    .dataSource("jdbc:postgresql://localhost:1/stock", "app", "secret")
                    .load())
        .run(
            context ->
                assertThat(context.getBean(Flyway.class))
                    .isNotExactlyInstanceOf(Flyway.class)
                    .isSameAs(
                        context
                            .getBean(MigrationGate.class)
                            .before(context.getBean(Flyway.class))));
  }

  @Test
  void canBeLeftOut() {
    runner
        .withPropertyValues("conitrack.backup.flyway.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(FlywayMigrationStrategy.class));
  }

  @Test
  void isNotThereWithoutFlyway() {
    runner
        .withClassLoader(new FilteredClassLoader("org.flywaydb"))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(MigrationGate.class));
  }

  @Test
  void wantsAReasonInWordsForMigratingWithoutABackup() {
    runner
        .withPropertyValues("conitrack.backup.flyway.migrate-without-backup=yes")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("flyway.migrate-without-backup: no reason is given"));
  }
}
