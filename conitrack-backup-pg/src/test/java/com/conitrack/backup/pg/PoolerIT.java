package com.conitrack.backup.pg;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock through a real PgBouncer. */
class PoolerIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();

  @TempDir private Path directory;

  @Test
  void aPoolerThatSharesSessionsIsRefusedWithTheRemedy() throws Exception {
    try (PgBouncer pooler = PgBouncer.start(SERVER, "transaction", directory)) {
      RunLock lock = PostgresDatabase.of(pooler.connection(SERVER.freshDatabase())).lock();

      BackupException error = Targets.failure(() -> lock.acquire("backup", Duration.ZERO));

      assertThat(error.kind()).isEqualTo(ErrorKind.CONFIGURATION);
      assertThat(error).hasMessageContaining("a pooler such as PgBouncer");
      assertThat(error.hint()).contains("connect to the server itself");
    }
  }

  @Test
  void aPoolerThatKeepsSessionsApartKeepsRunnersApart() throws Exception {
    try (PgBouncer pooler = PgBouncer.start(SERVER, "session", directory)) {
      RunLock lock = PostgresDatabase.of(pooler.connection(SERVER.freshDatabase())).lock();

      try (RunLock.Held held = lock.acquire("one", Duration.ZERO)) {
        BackupException error = Targets.failure(() -> lock.acquire("two", Duration.ZERO));

        assertThat(error.kind()).isEqualTo(ErrorKind.LOCKED);
        assertThat(held.isHeld()).isTrue();
      }
    }
  }
}
