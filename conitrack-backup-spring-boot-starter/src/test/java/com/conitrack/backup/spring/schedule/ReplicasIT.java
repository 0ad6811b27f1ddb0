package com.conitrack.backup.spring.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.backup.BackupRequest;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Eight real processes that keep one schedule. The dump waits for a table, so each that gets the
 * lock stays at work until something happens to it.
 */
class ReplicasIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();
  private static final int NUMBER = 8;

  private final List<Member> started = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private String database = "";
  @TempDir private Path directory;

  @BeforeEach
  void theRunOfTheDayBeforeWasTaken() throws IOException {
    database = SERVER.freshDatabase();
    SERVER.execute(
        database,
        "CREATE TABLE lote (id int); INSERT INTO lote VALUES (1), (2);"
            + " CREATE TABLE shedlock (name varchar(64) PRIMARY KEY, lock_until timestamp NOT NULL,"
            + " locked_at timestamp NOT NULL, locked_by varchar(255) NOT NULL)");
    Files.createDirectory(directory.resolve("backups"));
    Instant before = Replica.DUE.minus(Duration.ofDays(1));
    backups(Clock.fixed(before, ZoneOffset.UTC)).backup(BackupRequest.scheduled(before)).orThrow();
  }

  /** What a test that failed leaves for whoever looks: the processes and their files go with it. */
  @RegisterExtension
  private final AfterTestExecutionCallback witness =
      context -> {
        if (context.getExecutionException().isPresent()) {
          started.forEach(member -> System.err.println(member.account()));
          System.err.println(sessions());
        }
      };

  private String sessions() throws SQLException {
    StringBuilder text = new StringBuilder("sessions on the server:");
    try (Connection connection = SERVER.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT concat_ws(' | ', a.pid, application_name, state, wait_event_type, wait_event,"
                    + " age(clock_timestamp(), state_change), pg_blocking_pids(a.pid), query,"
                    + " (SELECT string_agg(concat_ws(' ', locktype, relation::regclass, mode, granted),"
                    + " ', ') FROM pg_locks l WHERE l.pid = a.pid AND locktype <> 'virtualxid'))"
                    + " FROM pg_stat_activity a WHERE datname = current_database()")) {
      while (row.next()) {
        text.append("\n  ").append(row.getString(1));
      }
    }
    return text.toString();
  }

  @AfterEach
  void endAll() throws InterruptedException {
    for (Member member : started) {
      member.end();
    }
  }

  @ParameterizedTest
  @EnumSource
  void oneOfThemTakesTheBackupWhateverHappensToThoseThatBeganIt(Replica.Lock lock)
      throws Exception {
    startAll(lock);
    Member paused;
    Member cut;
    try (Connection busy = tableLocked()) {
      theRunIsDue();
      Member killed = theOnlyOneAtWork();
      awaitDumps(1);

      killed.kill();
      members.remove(killed);
      paused = whoBegan();
      awaitDumps(2);

      paused.pause();
      cut = whoBegan(paused);
      awaitDumps(3);

      cutFromLock(lock, cut);
      cut.await("Failed");
      cut.rejoinLock();
      await().atMost(Member.PATIENCE).until(() -> count("Begun") == 3);
      busy.rollback();
    }
    await().atMost(Member.PATIENCE).until(() -> count("TaskDone drill") > 0);
    paused.goOn();
    await().atMost(Member.PATIENCE).until(() -> count("ServedElsewhere " + due()) == NUMBER - 2);

    assertThat(List.of(paused, cut))
        .allSatisfy(
            member ->
                assertThat(member.told()).contains("the lock on the database was lost while"));
    assertThat(count("Taken")).isEqualTo(1);
    assertThat(count("TaskDone drill")).isEqualTo(1);
    assertOneBackup();
  }

  private static String due() {
    return "the run due at " + Replica.DUE;
  }

  private void cutFromLock(Replica.Lock lock, Member holder) {
    if (lock == Replica.Lock.SHEDLOCK) {
      holder.cutFromLock();
    } else {
      SERVER.execute(
          database,
          "SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_database d ON d.oid = database"
              + " WHERE locktype = 'advisory' AND granted AND datname = current_database()");
    }
  }

  /** Of the run that was due there is one backup, and in the storage nothing that is not one. */
  private void assertOneBackup() {
    ConitrackBackup backups = backups(Clock.systemUTC());
    Catalogue catalogue = backups.catalogue();
    assertThat(catalogue.problems()).isEmpty();
    assertThat(catalogue.entries())
        .allMatch(CatalogueEntry::good)
        .extracting(entry -> entry.manifest().due())
        .containsExactly(Replica.DUE, Replica.DUE.minus(Duration.ofDays(1)));
    assertThat(backups.register().entries())
        .filteredOn(entry -> entry.event() == RegisterEvent.BACKUP)
        .extracting(RegisterEntry::outcome)
        .containsExactlyInAnyOrder("COMPLETE", "FAILED", "COMPLETE", "FAILED");
  }

  private ConitrackBackup backups(Clock clock) {
    return ConitrackBackup.builder()
        .database(
            PostgresDatabase.of(
                PostgresConnection.of(SERVER.jdbcUrl(database))
                    .withUser(SERVER.superuser())
                    .withPassword(SERVER.password())))
        .storage(FileSystemStorage.at("disk", directory.resolve("backups")))
        .policy(Replica.POLICY)
        .clock(clock)
        .build();
  }

  /** As long as it is open, dumps wait. */
  private Connection tableLocked() throws SQLException {
    Connection connection = SERVER.connect(database);
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LOCK TABLE lote IN ACCESS EXCLUSIVE MODE");
    }
    return connection;
  }

  /** So many of them wait for the table; that of a process that was killed goes on waiting. */
  private void awaitDumps(int number) throws SQLException {
    try (Connection connection = SERVER.connect(database);
        PreparedStatement question =
            connection.prepareStatement(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'lote'::regclass"
                    + " AND database ="
                    + " (SELECT oid FROM pg_database WHERE datname = current_database())")) {
      await()
          .atMost(Member.PATIENCE)
          .until(
              () -> {
                try (ResultSet answer = question.executeQuery()) {
                  return answer.next() && answer.getInt(1) == number;
                }
              });
    }
  }

  private void startAll(Replica.Lock lock) throws IOException {
    for (int i = 0; i < NUMBER; i++) {
      started.add(Member.start(lock, SERVER, database, directory, i));
    }
    members.addAll(started);
    members.forEach(member -> member.await("Waiting"));
  }

  private void theRunIsDue() throws IOException {
    Files.createFile(directory.resolve("due"));
  }

  /** One has begun, and all the others have found it at work. */
  private Member theOnlyOneAtWork() {
    await().atMost(Member.PATIENCE).until(() -> count("Postponed") == NUMBER - 1);
    assertThat(count("Begun")).isEqualTo(1);
    return whoBegan();
  }

  private Member whoBegan(Member... apartFrom) {
    List<Member> others = new ArrayList<>(members);
    others.removeAll(List.of(apartFrom));
    await()
        .atMost(Member.PATIENCE)
        .until(() -> others.stream().anyMatch(member -> member.count("Begun") > 0));
    return others.stream().filter(member -> member.count("Begun") > 0).findFirst().orElseThrow();
  }

  private long count(String beginning) {
    return members.stream().mapToLong(member -> member.count(beginning)).sum();
  }
}
