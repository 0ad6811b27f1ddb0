package com.conitrack.backup.spring.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.memory.InMemoryDatabase;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.status.BackupStatus;
import com.conitrack.backup.core.status.Health;
import com.conitrack.backup.testsupport.storage.Fault;
import com.conitrack.backup.testsupport.storage.FaultyStorage;
import com.conitrack.backup.testsupport.storage.Gate;
import com.conitrack.backup.testsupport.storage.Operation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StatusCacheTest {
  private final FaultyStorage storage = new FaultyStorage(new InMemoryStorage("nas"));
  private final ConitrackBackup backups =
      ConitrackBackup.builder()
          .database(InMemoryDatabase.named("stock").table("public.lote", "id"))
          .storage(storage)
          .build();

  @Test
  void answersAtOnceThoughAStorageHangs() throws InterruptedException {
    Gate gate = new Gate();
    storage.add(new Fault.Stall(Operation.LIST, gate));
    StatusCache cache = cache(Duration.ofMillis(50));

    assertThat(cache.status()).isEmpty();
    HealthReport report = HealthReport.of(cache);

    assertThat(report.code()).isEqualTo("UNKNOWN");
    assertThat(report.details()).containsKey("reading");
    storage.heal();
    gate.open();
    assertThat(cacheWithPatience(cache).health()).isEqualTo(Health.FAILING);
  }

  @Test
  void judgesAgesAnewWithoutReading() {
    backups.backup(Trigger.SCHEDULED).orThrow();
    Instant start = Instant.now();
    MovableClock clock = new MovableClock(start);
    StatusCache cache =
        new StatusCache(() -> backups, Duration.ofDays(30), Duration.ofSeconds(30), clock);
    assertThat(HealthReport.of(cache).code()).isEqualTo("UP");
    storage.add(
        new Fault.FailFrom(Operation.LIST, 1, com.conitrack.backup.core.model.ErrorKind.IO));

    clock.now = start.plus(Duration.ofHours(27));

    assertThat(HealthReport.of(cache).code()).isEqualTo("DOWN");
    assertThat(HealthReport.of(cache).details().get("reasons").toString())
        .contains("the newest good backup is 1 day 3 hours old")
        .contains("to do: take a backup");
  }

  @Test
  void readsAnewAfterABackup() throws InterruptedException {
    CountDownLatch readings = new CountDownLatch(2);
    StatusCache cache =
        new StatusCache(
            () -> {
              readings.countDown();
              return backups;
            },
            Duration.ofDays(30),
            Duration.ofSeconds(30),
            Clock.systemUTC());
    assertThat(cache.reading().orElseThrow().catalogue().entries()).isEmpty();
    var outcome = backups.backup(Trigger.SCHEDULED);

    cache.on(new BackupEvent.Finished(outcome.id(), "COMPLETE", Duration.ofSeconds(1)));

    assertThat(readings.await(2, TimeUnit.MINUTES)).isTrue();
  }

  private StatusCache cache(Duration patience) {
    return new StatusCache(() -> backups, Duration.ofMinutes(1), patience, Clock.systemUTC());
  }

  /** Waits for the reading that is under way. */
  private static BackupStatus cacheWithPatience(StatusCache cache) throws InterruptedException {
    for (int tries = 0; tries < 600; tries++) {
      var status = cache.status();
      if (status.isPresent()) {
        return status.get();
      }
    }
    throw new AssertionError("no reading came");
  }

  private static final class MovableClock extends Clock {
    private Instant now;

    MovableClock(Instant now) {
      this.now = now;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public java.time.ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(java.time.ZoneId zone) {
      throw new UnsupportedOperationException("instants have no zone");
    }
  }
}
