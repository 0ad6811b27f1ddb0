package com.conitrack.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.backup.BackupRequest;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that keep one schedule: which of them takes the backup, and what if it dies. */
class ReplicasIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final List<Member> members = new ArrayList<>();
  private String database = "";
  @TempDir private Path directory;

  @BeforeEach
  void theRunOfTheDayBeforeWasTaken() throws IOException {
    database = SERVER.freshDatabase();
    SERVER.execute(database, "CREATE TABLE lote (id int); INSERT INTO lote VALUES (1), (2)");
    Files.createDirectory(directory.resolve("backups"));
    Instant before = Replica.DUE.minus(Duration.ofDays(1));
    backups(Clock.fixed(before, ZoneOffset.UTC)).backup(BackupRequest.scheduled(before)).orThrow();
  }

  @AfterEach
  void endAll() throws InterruptedException {
    for (Member member : members) {
      member.process.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
    }
  }

  @Test
  void ofEightProcessesOneTakesTheBackup() throws Exception {
    start(8);
    members.forEach(member -> member.await("Waiting"));

    theRunIsDue();
    await().atMost(PATIENCE).until(() -> count("Taken") + count("ServedElsewhere " + due()) == 8);

    assertThat(count("Taken")).isEqualTo(1);
    assertThat(count("Begun")).isEqualTo(1);
    assertOneBackup();
  }

  @Test
  void whenTheHolderIsKilledAnotherTakesOver() throws Exception {
    start(2);
    Member survivor;
    try (Connection busy = tableLocked()) {
      theRunIsDue();
      Member holder = whoHas("Begun");
      holder.process.destroyForcibly().waitFor(1, TimeUnit.MINUTES);
      survivor = other(holder);
      survivor.await("Begun");
      busy.rollback();
    }

    survivor.await("Taken");
    assertOneBackup();
  }

  @Test
  void aHolderThatStandsStillPublishesNothingOnceAnotherTookOver() throws Exception {
    start(2);
    Member holder;
    try (Connection busy = tableLocked()) {
      theRunIsDue();
      holder = whoHas("Begun");
      signal("STOP", holder);
      other(holder).await("Begun");
      busy.rollback();
    }
    other(holder).await("Taken");

    signal("CONT", holder);

    holder.await("Failed");
    assertThat(holder.told()).contains("the lock on the database was lost");
    holder.await("ServedElsewhere " + due());
    assertThat(holder.told()).doesNotContain("Taken");
    assertOneBackup();
  }

  @Test
  void aHolderWhoseSessionIsEndedGivesItsBackupUp() throws Exception {
    start(1);
    Member holder = members.get(0);
    try (Connection busy = tableLocked()) {
      theRunIsDue();
      holder.await("Begun");
      SERVER.execute(
          "postgres",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE application_name LIKE 'conitrack-backup: %' AND datname = '"
              + database
              + "'");
      holder.await("Failed");
      assertThat(holder.told()).contains("the lock on the database was lost");
      busy.rollback();
    }

    holder.await("Taken");
    assertOneBackup();
  }

  /** Of the run that was due there is one backup, and in the storage nothing that is not one. */
  private void assertOneBackup() {
    Catalogue catalogue = backups(Clock.systemUTC()).catalogue();
    assertThat(catalogue.problems()).isEmpty();
    assertThat(catalogue.entries())
        .allMatch(CatalogueEntry::good)
        .extracting(entry -> entry.manifest().due())
        .containsExactly(Replica.DUE, Replica.DUE.minus(Duration.ofDays(1)));
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

  private static String due() {
    return "the run due at " + Replica.DUE;
  }

  private void theRunIsDue() throws IOException {
    Files.createFile(directory.resolve("due"));
  }

  private void start(int number) throws IOException {
    for (int i = 0; i < number; i++) {
      members.add(Member.start(this, directory.resolve("replica-" + i)));
    }
  }

  private Member whoHas(String line) {
    await().atMost(PATIENCE).until(() -> count(line) > 0);
    return members.stream().filter(has(line)).findFirst().orElseThrow();
  }

  private Member other(Member one) {
    return members.stream().filter(member -> member != one).findFirst().orElseThrow();
  }

  private int count(String line) {
    return (int) members.stream().filter(has(line)).count();
  }

  private static Predicate<Member> has(String line) {
    return member -> member.told().lines().anyMatch(each -> each.startsWith(line));
  }

  private static void signal(String name, Member member) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(member.process.pid())).start().waitFor();
  }

  /** One process, and the file that it writes to. */
  private record Member(Process process, Path output) {
    static Member start(ReplicasIT test, Path output) throws IOException {
      ProcessBuilder command =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-Xshare:auto",
              "-Xmx128m",
              "-cp",
              System.getProperty("java.class.path"),
              Replica.class.getName(),
              SERVER.jdbcUrl(test.database),
              test.directory.resolve("backups").toString(),
              test.directory.resolve("due").toString());
      command.environment().put("REPLICA_PASSWORD", SERVER.password());
      command.redirectOutput(output.toFile());
      command.redirectError(output.resolveSibling(output.getFileName() + ".err").toFile());
      return new Member(command.start(), output);
    }

    String told() {
      try {
        return Files.readString(output);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    void await(String line) {
      org.awaitility.Awaitility.await()
          .atMost(PATIENCE)
          .until(() -> told().lines().anyMatch(each -> each.startsWith(line)));
    }
  }
}
