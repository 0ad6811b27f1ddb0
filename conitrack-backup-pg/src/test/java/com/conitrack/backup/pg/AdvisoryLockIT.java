package com.conitrack.backup.pg;

import static com.conitrack.backup.pg.Targets.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdvisoryLockIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();
  private static final Duration AT_ONCE = Duration.ZERO;

  private String name = "";

  @BeforeEach
  void createDatabase() {
    name = SERVER.freshDatabase();
  }

  private RunLock lock() {
    return Targets.database(SERVER, name).lock();
  }

  @Test
  void whoIsRefusedIsToldWhoHoldsItInFull() {
    String holder =
        "backup by ana on ñandú-0123456789012345678901234567890123456789, why? */ pid 7";
    try (RunLock.Held held = lock().acquire(holder, AT_ONCE)) {
      assertThat(held.isHeld()).isTrue();

      BackupException error = Targets.failure(() -> lock().acquire("other", AT_ONCE));

      assertThat(error.kind()).isEqualTo(ErrorKind.LOCKED);
      assertThat(error)
          .hasMessageContaining("'" + holder.replace("*/", "* /") + "' from 127.0.0.1 since 20");
    }
  }

  @Test
  void anotherUserSeesAtLeastTheBeginning() {
    SERVER.execute("postgres", "DROP ROLE IF EXISTS other; CREATE ROLE other LOGIN PASSWORD 'x'");
    try (RunLock.Held held = lock().acquire("backup by ana", AT_ONCE)) {
      PostgresConnection other =
          Targets.superuser(SERVER, name).withUser("other").withPassword("x");

      BackupException error =
          Targets.failure(() -> PostgresDatabase.of(other).lock().acquire("other", AT_ONCE));

      assertThat(error).hasMessageContaining("conitrack-backup: backup by ana");
      assertThat(held.isHeld()).isTrue();
    }
  }

  @Test
  void anotherDatabasesLockIsAnotherLock() {
    try (RunLock.Held one = lock().acquire("one", AT_ONCE);
        RunLock.Held two =
            Targets.database(SERVER, SERVER.freshDatabase()).lock().acquire("two", AT_ONCE)) {
      assertThat(one.isHeld()).isTrue();
      assertThat(two.isHeld()).isTrue();
    }
  }

  @Test
  void whoWaitsGetsItWhenItIsGivenBack() throws Exception {
    RunLock.Held first = lock().acquire("first", AT_ONCE);
    Background second =
        Background.start(() -> lock().acquire("second", Duration.ofMinutes(1)).close());

    first.close();

    second.success();
  }

  @Test
  void anInterruptEndsTheWait() throws Exception {
    try (RunLock.Held held = lock().acquire("first", AT_ONCE)) {
      Background second = Background.start(() -> lock().acquire("second", Duration.ofHours(1)));

      second.interrupt();

      assertThat(second.failure().kind()).isEqualTo(ErrorKind.CANCELLED);
      assertThat(held.isHeld()).isTrue();
    }
  }

  @Test
  void aLockWhoseConnectionIsCutIsLostAndFree() {
    try (RunLock.Held held = lock().acquire("first", AT_ONCE)) {
      SERVER.execute(
          "postgres",
          "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '"
              + name
              + "'");

      assertThat(held.isHeld()).isFalse();
      lock().acquire("second", AT_ONCE).close();
    }
  }

  /** Asked over a connection that stands already: the next runner comes later than that. */
  @Test
  void aLockGivenBackIsFreeAtOnce() throws SQLException {
    String held = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = ?::oid";
    String number =
        query(SERVER, name, "SELECT oid FROM pg_database WHERE datname = current_database()");
    try (Connection other = SERVER.connect("postgres");
        PreparedStatement question = other.prepareStatement(held)) {
      question.setString(1, number);
      for (int round = 0; round < 20; round++) {
        lock().acquire("first", AT_ONCE).close();

        try (ResultSet answer = question.executeQuery()) {
          assertThat(answer.next()).isTrue();
          assertThat(answer.getInt(1)).isZero();
        }
      }
    }
  }

  @Test
  void aLockGivenBackIsNotHeld() {
    RunLock.Held held = lock().acquire("first", AT_ONCE);

    held.close();
    held.close();

    assertThat(held.isHeld()).isFalse();
  }
}
