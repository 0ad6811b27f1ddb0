package com.conitrack.backup.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.production.ApplicationHooks;
import com.conitrack.backup.core.production.InPlaceRecord;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a restore of a table in its place: the rows are all old or all new, and the next command
 * says which.
 */
class InPlaceCrashIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();
  private static final String ROWS = "SELECT md5(string_agg(t::text, ';' ORDER BY id)) FROM lote t";

  @TempDir Path directory;
  private final String database = SERVER.freshDatabase();
  private BackupId backup;

  /** After the last step come the exchange, its number on record and the COMMIT. */
  @Test
  void killedAtAnyMomentTheRowsAreOldOrNewAndTheNextCommandSaysWhich() throws Exception {
    SERVER.execute(
        database,
        "CREATE TABLE lote (id int PRIMARY KEY, v text);"
            + " INSERT INTO lote SELECT n, repeat('x', 50) FROM generate_series(1, 20000) n;"
            + " CREATE TABLE mov (lote int REFERENCES lote ON DELETE CASCADE);"
            + " INSERT INTO mov SELECT id FROM lote");
    backup = backups().backup(Trigger.MANUAL).orThrow().id();
    String restored = ask(ROWS);
    for (String kill :
        List.of(
            "hold the tables and compare 0",
            "exchange the rows 0",
            "exchange the rows 150",
            "exchange the rows 2000")) {
      SERVER.execute(database, "UPDATE lote SET v = 'y' WHERE id % 2 = 0");
      String old = ask(ROWS);
      int cut = kill.lastIndexOf(' ');

      killed(kill.substring(0, cut), Long.parseLong(kill.substring(cut + 1)));

      List<String> told = settled();
      String now = ask(ROWS);
      List<InPlaceRecord> records = InPlaceRecord.of(backups().register().entries(), database);
      boolean done = records.get(records.size() - 1).state() == InPlaceRecord.State.DONE;
      assertThat(now).as("%s: %s", kill, told).isEqualTo(done ? restored : old);
      assertThat(records).noneMatch(each -> each.state() == InPlaceRecord.State.BEGUN);
      assertThat(ask("SELECT count(*) FROM mov")).isEqualTo("20000");
      assertThat(ask("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f'"))
          .endsWith("ON DELETE CASCADE");
    }
  }

  /** What the next command tells, once the server has noticed that the program is gone. */
  private List<String> settled() {
    return await()
        .atMost(Duration.ofMinutes(3))
        .pollDelay(Duration.ZERO)
        .until(
            () -> backups().restoreStatus(ApplicationHooks.NONE), status -> status.busy() == null)
        .settled();
  }

  private void killed(String step, long millis) throws Exception {
    Path errors = directory.resolve("victim.err");
    Process process =
        Hanging.limited(
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    InPlaceCrashVictim.class.getName(),
                    SERVER.jdbcUrl(database),
                    SERVER.superuser(),
                    passfile().toString(),
                    directory.resolve("storage").toString(),
                    backup.value())
                .redirectError(errors.toFile())
                .start());
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      String line = lines.readLine();
      while (line != null && !line.equals(step)) {
        line = lines.readLine();
      }
      assertThat(line).as(Files.readString(errors)).isEqualTo(step);
      process.waitFor(millis, TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Path passfile() throws IOException {
    Path file = directory.resolve("passfile");
    if (!Files.exists(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      String password = SERVER.password().replace("\\", "\\\\").replace(":", "\\:");
      Files.writeString(file, "*:*:*:*:" + password + "\n");
    }
    return file;
  }

  private ConitrackBackup backups() throws IOException {
    return ConitrackBackup.builder()
        .database(
            PostgresDatabase.of(
                PostgresConnection.of(SERVER.jdbcUrl(database))
                    .withUser(SERVER.superuser())
                    .withPassword(SERVER.password())))
        .storage(
            FileSystemStorage.at("local", Files.createDirectories(directory.resolve("storage"))))
        .lockWait(Duration.ofMinutes(3))
        .build();
  }

  private String ask(String sql) {
    try (Connection connection = SERVER.connect(database);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
