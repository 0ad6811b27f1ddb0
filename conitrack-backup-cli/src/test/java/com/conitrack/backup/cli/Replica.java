package com.conitrack.backup.cli;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.policy.BackupPolicy;
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

/**
 * One of many processes that keep the same schedule. It tells on standard output what happens, a
 * line each. Its run is due as soon as a file appears: so all of them begin in the same moment.
 */
final class Replica {
  static final Instant DUE = Instant.parse("2026-03-02T03:00:00Z");
  static final BackupPolicy POLICY =
      BackupPolicy.defaults().toBuilder().schedule("0 3 * * *", ZoneOffset.UTC).build();
  static final Duration LEASE = Duration.ofSeconds(4);

  private Replica() {}

  /** Takes the JDBC URL, the storage's directory and the file; the password by the environment. */
  public static void main(String[] arguments) {
    PostgresDatabase database =
        PostgresDatabase.builder(
                PostgresConnection.of(arguments[0])
                    .withUser("postgres")
                    .withPassword(System.getenv("REPLICA_PASSWORD")))
            .lockLease(LEASE)
            .build();
    ConitrackBackup.builder()
        .database(database)
        .storage(FileSystemStorage.at("disk", Path.of(arguments[1])))
        .policy(POLICY)
        .clock(new DueWith(Path.of(arguments[2])))
        .build()
        .scheduler()
        .listener(Replica::tell)
        .lockPause(Duration.ofMillis(300))
        .retry(Duration.ofMillis(500), Duration.ofSeconds(5))
        .waiting(atMost -> TimeUnit.MILLISECONDS.sleep(Math.min(100, atMost.toMillis() + 1)))
        .build()
        .run();
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
