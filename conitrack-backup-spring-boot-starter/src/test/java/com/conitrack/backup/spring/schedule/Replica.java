package com.conitrack.backup.spring.schedule;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.ConitrackBackupBuilder;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.RunRules;
import com.conitrack.backup.core.policy.RunRules.Task;
import com.conitrack.backup.core.schedule.ScheduleEvent;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * One of many processes that keep the same schedule. It tells on standard output what happens, a
 * line each. Its run is due as soon as a file appears: so all of them begin in the same moment.
 */
final class Replica {
  static final Instant DUE = Instant.parse("2026-03-02T03:00:00Z");
  static final BackupPolicy POLICY =
      BackupPolicy.defaults().toBuilder()
          .schedule("0 3 * * *", ZoneOffset.UTC)
          .drillInterval(Duration.ofDays(1))
          .runs(RunRules.DEFAULT.withTasks(Task.DRILL))
          .build();
  private static final Duration LEASE = Duration.ofSeconds(6);
  private static final ShedLock.Timing TIMING =
      new ShedLock.Timing(LEASE, Duration.ofMillis(500), Duration.ofMillis(100));

  private Replica() {}

  /** What keeps the replicas apart. */
  enum Lock {
    DATABASE,
    SHEDLOCK
  }

  /**
   * Takes the lock, the JDBC URLs of the database and of the lock's table, the storage's directory
   * and the file; the password by the environment.
   */
  public static void main(String[] arguments) {
    ConitrackBackupBuilder backups =
        ConitrackBackup.builder()
            .database(database(arguments[1]))
            .storage(FileSystemStorage.at("disk", Path.of(arguments[3])))
            .policy(POLICY)
            .clock(new DueWith(Path.of(arguments[4])));
    if (Lock.valueOf(arguments[0]) == Lock.SHEDLOCK) {
      backups.lock(
          new ShedLock(provider(arguments[2]), () -> "replicas", TIMING, Clock.systemUTC()));
    }
    backups
        .build()
        .scheduler()
        .listener(Replica::tell)
        .lockPause(Duration.ofMillis(300))
        .retry(Duration.ofMillis(500), Duration.ofSeconds(5))
        .waiting(atMost -> TimeUnit.MILLISECONDS.sleep(Math.min(100, atMost.toMillis() + 1)))
        .build()
        .run();
  }

  private static PostgresDatabase database(String url) {
    return PostgresDatabase.builder(
            PostgresConnection.of(url).withUser("postgres").withPassword(password()))
        .lockLease(LEASE)
        .build();
  }

  /** All replicas are on one host: to ShedLock they are one and the same. */
  private static LockProvider provider(String url) {
    return new JdbcTemplateLockProvider(
        JdbcTemplateLockProvider.Configuration.builder()
            .withJdbcTemplate(
                new JdbcTemplate(new DriverManagerDataSource(url, "postgres", password())))
            .usingDbTime()
            .build());
  }

  private static String password() {
    return System.getenv("REPLICA_PASSWORD");
  }

  private static void tell(ScheduleEvent event) {
    System.out.println(event.getClass().getSimpleName() + " " + event.text());
    System.out.flush();
  }

  /** A minute before the run is due, until a file is there; then the time since it was written. */
  private static final class DueWith extends Clock {
    private final Path file;
    private long began;

    DueWith(Path file) {
      this.file = file;
    }

    @Override
    public synchronized Instant instant() {
      if (began == 0 && Files.exists(file)) {
        began = System.currentTimeMillis();
      }
      return began == 0 ? DUE.minusSeconds(60) : DUE.plusMillis(System.currentTimeMillis() - began);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("instants have no zone");
    }
  }
}
