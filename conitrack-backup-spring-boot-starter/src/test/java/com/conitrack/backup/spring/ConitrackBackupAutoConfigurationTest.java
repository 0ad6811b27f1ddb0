package com.conitrack.backup.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.ConitrackBackupBuilder;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.ConfigurationException;
import com.conitrack.backup.core.policy.RetentionRule;
import com.conitrack.backup.core.policy.RunRules.Task;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupListener;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Database;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class ConitrackBackupAutoConfigurationTest {
  private static final String P = "conitrack.backup.";

  @TempDir private Path directory;

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(ConitrackBackupAutoConfiguration.class));

  private ApplicationContextRunner withDatabase() {
    return runner.withPropertyValues(
        P + "database.url=jdbc:postgresql://localhost:1/stock?user=backup",
        P + "database.password=not-to-be-shown");
  }

  private ApplicationContextRunner minimal() {
    return withDatabase()
        .withPropertyValues(P + "storages[0].type=filesystem", P + "storages[0].path=" + directory);
  }

  @Test
  void makesEverythingOutOfThreeLines() {
    minimal()
        .withPropertyValues(P + "policy.preset=sop-001")
        .run(
            context -> {
              assertThat(context).hasSingleBean(ConitrackBackup.class);
              assertThat(context.getBean(BackupPolicy.class)).isEqualTo(BackupPolicy.sop001());
              assertThat(context.getBean(BackupStorages.class).all())
                  .singleElement()
                  .extracting(storage -> storage.info().name())
                  .isEqualTo("filesystem");
              assertThat(context.getBean(Database.class))
                  .hasToString("postgresql://backup:***@localhost:1/stock");
            });
  }

  @Test
  void backsOffWhenDisabled() {
    runner
        .withPropertyValues(P + "enabled=false")
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(context).doesNotHaveBean(ConitrackBackup.class);
              assertThat(context).doesNotHaveBean(BackupPolicy.class);
            });
  }

  @Test
  void doesNotStartWithoutAStorage() {
    withDatabase()
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("conitrack.backup.storages: no storage is given")
                    .hasMessageContaining("conitrack.backup.enabled=false"));
  }

  @Test
  void doesNotStartWithoutADatabase() {
    runner
        .withPropertyValues(P + "storages[0].type=filesystem", P + "storages[0].path=" + directory)
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("conitrack.backup.database.url: no database is given"));
  }

  @Test
  void takesTheDatabaseOfTheApplicationsDataSourceWithoutConnecting() {
    runner
        .withPropertyValues(P + "storages[0].type=filesystem", P + "storages[0].path=" + directory)
        .withBean(DataSource.class, TellingDataSource::new)
        .run(
            context ->
                assertThat(context.getBean(Database.class))
                    .hasToString("postgresql://app:***@db.example:5432/conitrack"));
  }

  @Test
  void takesTheDatabaseOfAReactiveApplication() {
    runner
        .withPropertyValues(P + "storages[0].type=filesystem", P + "storages[0].path=" + directory)
        .withPropertyValues("spring.r2dbc.url=r2dbc:pool:postgresql://db.example/conitrack")
        .withPropertyValues("spring.r2dbc.username=app", "spring.r2dbc.password=secret")
        .run(
            context ->
                assertThat(context.getBean(Database.class))
                    .hasToString("postgresql://app:***@db.example:5432/conitrack"));
  }

  @Test
  void saysThatAnotherDatabaseCannotBeBackedUp() {
    runner
        .withPropertyValues(P + "storages[0].type=filesystem", P + "storages[0].path=" + directory)
        .withPropertyValues("spring.datasource.url=jdbc:h2:mem:conitrack")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("'jdbc:h2:' is not PostgreSQL")
                    .hasMessageContaining("set conitrack.backup.enabled=false"));
  }

  @Test
  void tellsWhichModuleAStorageNeeds() {
    withDatabase()
        .withClassLoader(new FilteredClassLoader("com.conitrack.backup.storage.r2"))
        .withPropertyValues(P + "storages[0].type=s3")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("conitrack.backup.storages[0].type")
                    .hasMessageContaining(
                        "add the dependency com.conitrack.backup:conitrack-backup-storage-r2"));
  }

  @Test
  void tellsAllThatIsWrongWithStoragesAtOnceAndNoSecret() {
    withDatabase()
        .withPropertyValues(
            P + "storages[0].type=floppy",
            P + "storages[1].type=filesystem",
            P + "storages[2].type=r2",
            P + "storages[2].secret-access-key=not-to-be-shown",
            P + "storages[3].type=gcs")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("storages[0].type: 'floppy' is not known here")
                    .hasMessageContaining("storages[1].path: it is not given")
                    .hasMessageContaining("storages[2].account: it is not given")
                    .hasMessageContaining("storages[3].bucket: it is not given")
                    .message()
                    .doesNotContain("not-to-be-shown"));
  }

  @Test
  void makesEveryTypeOfStorage() {
    withDatabase()
        .withPropertyValues(
            P + "storages[0].type=filesystem",
            P + "storages[0].path=" + directory,
            P + "storages[1].type=r2",
            P + "storages[1].account=0123456789abcdef0123456789abcdef",
            P + "storages[1].bucket=backups",
            P + "storages[1].access-key-id=id",
            P + "storages[1].secret-access-key=secret",
            P + "storages[2].name=vault",
            P + "storages[2].type=s3",
            P + "storages[2].region=eu-central-1",
            P + "storages[2].bucket=vault",
            P + "storages[2].lock=compliance",
            P + "storages[2].part-size=16MiB",
            P + "storages[3].type=gcs",
            P + "storages[3].bucket=backups",
            P + "policy.copies-required=2",
            P + "policy.copies-required-in=vault")
        .run(
            context ->
                assertThat(context.getBean(BackupStorages.class).all())
                    .extracting(storage -> storage.info().name())
                    .containsExactly("filesystem", "r2", "vault", "gcs"));
  }

  @Test
  void readsTheWholePolicy() {
    minimal()
        .withPropertyValues(
            P + "policy.schedule.cron=30 2 * * *",
            P + "policy.schedule.tasks=prune,drill",
            P + "policy.rpo=1d12h",
            P + "policy.verification=content",
            P + "policy.retention.scheduled.last=3",
            P + "policy.retention.scheduled.for=2w",
            P + "policy.retention.manual=forever",
            P + "policy.retention.storages.filesystem.scheduled.daily=9",
            P + "policy.content.minimum-rows=5",
            P + "policy.content.greatest-table-shrink.[public.lotes]=20%",
            P + "policy.naming.pre-change=before_{date}_{time}",
            P + "policy.drill-interval=none",
            P + "policy.drills.checks[0].name=lots",
            P + "policy.drills.checks[0].sql=SELECT 1",
            P + "policy.drills.checks[0].equals=1",
            P + "policy.immutability.for=30d",
            P + "policy.restore.approvals.full=System Owner",
            P + "policy.restore.confirmations=users-notified")
        .run(
            context -> {
              BackupPolicy policy = context.getBean(BackupPolicy.class);
              assertThat(policy.schedule()).hasToString("30 2 * * * (UTC)");
              assertThat(policy.runs().tasks()).containsExactly(Task.PRUNE, Task.DRILL);
              assertThat(policy.rpo()).isEqualTo(Duration.ofHours(36));
              assertThat(policy.verificationLevel()).isEqualTo(VerificationLevel.CONTENT);
              assertThat(policy.retention().of(Trigger.SCHEDULED))
                  .containsExactly(RetentionRule.last(3), RetentionRule.age(Duration.ofDays(14)));
              assertThat(policy.retention().of(Trigger.MANUAL)).isEmpty();
              assertThat(policy.retention().in("filesystem").of(Trigger.SCHEDULED))
                  .containsExactly(RetentionRule.daily(9));
              assertThat(policy.content().minimumRows()).isEqualTo(5);
              assertThat(policy.content().tableShrink()).containsEntry("public.lotes", 0.2);
              assertThat(policy.naming().of(Trigger.PRE_CHANGE)).startsWith("before_");
              assertThat(policy.drillInterval()).isNull();
              assertThat(policy.drills().checks()).hasSize(1);
              assertThat(policy.immutability().period()).isEqualTo(Duration.ofDays(30));
              assertThat(policy.restore().confirmations()).hasSize(1);
            });
  }

  @Test
  void tellsWhatIsWrongWithThePolicyInTheSettingsOwnWords() {
    minimal()
        .withPropertyValues(P + "policy.rpo=0s", P + "policy.content.minimum-tables=-1")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("conitrack.backup.policy.rpo:")
                    .hasMessageContaining("conitrack.backup.policy.content.minimum-tables:"));
  }

  @Test
  void refusesAKeyThatIsNotKnown() {
    minimal()
        .withPropertyValues(P + "policy.ropo=4h")
        .run(
            context ->
                assertThat(context).getFailure().rootCause().hasMessageContaining("policy.ropo"));
  }

  @Test
  void leavesWhatTheApplicationMakesItself() {
    runner
        .withUserConfiguration(Own.class)
        .run(
            context -> {
              assertThat(context.getBean(Database.class)).isInstanceOf(InMemoryDatabase.class);
              assertThat(context.getBean(BackupStorages.class).all())
                  .containsExactly(context.getBean(BackupStorage.class));
              BackupOutcome outcome = context.getBean(ConitrackBackup.class).backup(Trigger.MANUAL);
              assertThat(outcome.orThrow().actor().name()).isEqualTo("customized");
            });
  }

  @Test
  void tellsAListenerThatWaitsForTheMigrationsThatWaitForTheBackup() {
    AtomicInteger finished = new AtomicInteger();
    runner
        .withUserConfiguration(Own.class)
        .withBean(Migrations.class)
        .withBean(Runnable.class, () -> finished::incrementAndGet)
        .withBean(ListenerInTheDatabase.class)
        .run(
            context -> {
              assertThat(context).hasNotFailed();
              assertThat(finished).as("at the migrations it was not there yet").hasValue(0);
              context.getBean(ConitrackBackup.class).backup(Trigger.MANUAL);
              assertThat(finished).hasValue(1);
            });
  }

  /** As Flyway: everything with a repository waits for it. */
  static final class Migrations {
    Migrations(ConitrackBackup backups) {
      backups.backup(Trigger.PRE_CHANGE);
    }
  }

  static final class ListenerInTheDatabase implements BackupListener {
    private final Runnable finished;

    ListenerInTheDatabase(Migrations migrations, Runnable finished) {
      this.finished = finished;
    }

    @Override
    public void on(BackupEvent event) {
      if (event instanceof BackupEvent.Finished) {
        finished.run();
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Own {
    @Bean
    Database database() {
      return InMemoryDatabase.named("stock").table("public.lotes", "id").row("public.lotes", "1");
    }

    @Bean
    BackupStorage storage() {
      return new InMemoryStorage("memory");
    }

    @Bean
    ConitrackBackupCustomizer customizer() {
      return (ConitrackBackupBuilder builder) -> builder.actor("customized");
    }
  }

  /** Tells what pools tell, and fails when it is connected. */
  public static final class TellingDataSource implements DataSource {
    public String getJdbcUrl() {
      return "jdbc:postgresql://db.example/conitrack";
    }

    public String getUsername() {
      return "app";
    }

    public String getPassword() {
      return "secret";
    }

    @Override
    public Connection getConnection() {
      throw new AssertionError("no connection is wanted");
    }

    @Override
    public Connection getConnection(String username, String password) {
      return getConnection();
    }

    @Override
    public PrintWriter getLogWriter() {
      throw new AssertionError();
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
      return 0;
    }

    @Override
    public Logger getParentLogger() {
      return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) {
      return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
      return type.isInstance(this);
    }
  }
}
