package com.conitrack.backup.testsupport.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.model.BackupException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresFixtureIT {
  private static PostgresFixture server;

  @BeforeAll
  static void start() {
    server = PostgresFixture.builder().setting("wal_level", "logical").start();
  }

  @AfterAll
  static void close() {
    server.close();
    assertThat(server.dataDirectory()).doesNotExist();
  }

  @Test
  void refusesAWrongPassword() {
    assertRefusesAWrongPassword(server);
  }

  private static void assertRefusesAWrongPassword(PostgresFixture server) {
    assertThatThrownBy(
            () -> DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", "wrong"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
  }

  @Test
  void holdsUtf8AndItsSettings() throws SQLException {
    assertThat(ask(server, "postgres", "SHOW server_encoding")).isEqualTo("UTF8");
    assertThat(ask(server, "postgres", "SHOW wal_level")).isEqualTo("logical");
    assertThat(ask(server, "postgres", "SELECT upper('ñandú')")).isEqualTo("ÑANDÚ");
  }

  @Test
  void takesAnyDatabaseName() throws SQLException {
    String name = "a \"b\"; c/d?e=%20\nñ";
    server.createDatabase(name);
    assertThat(ask(server, name, "SELECT current_database()")).isEqualTo(name);
    server.dropDatabase(name);
    assertThatThrownBy(() -> server.connect(name)).hasMessageContaining("does not exist");
  }

  @Test
  void stopsRestartsAndSurvivesBeingKilled() throws SQLException {
    assertSurvives(server);
  }

  private static void assertSurvives(PostgresFixture server) throws SQLException {
    String database = server.freshDatabase();
    int port = server.port();
    server.execute(database, "CREATE TABLE t (a int); INSERT INTO t VALUES (7)");
    server.stop(PostgresFixture.StopMode.FAST);
    assertThatThrownBy(() -> server.connect(database)).isInstanceOf(SQLException.class);
    server.restart();
    server.execute(database, "UPDATE t SET a = 8");
    server.kill();
    assertThatThrownBy(() -> server.connect(database)).isInstanceOf(SQLException.class);
    server.restart();
    assertThat(server.port()).isEqualTo(port);
    assertThat(ask(server, database, "SELECT a FROM t"))
        .as("committed right before the kill")
        .isEqualTo("8");
  }

  @Test
  void aFailedStatementUndoesThoseBeforeIt() throws SQLException {
    String database = server.freshDatabase();
    assertThatThrownBy(() -> server.execute(database, "CREATE TABLE t (a int); SELECT 1 / 0"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("division by zero");
    assertThat(ask(server, database, "SELECT to_regclass('t')")).isNull();
  }

  /** Wherever they run: the same in a container and from this machine's programs. */
  @ParameterizedTest
  @ValueSource(ints = {14, 17})
  void startsOtherMajors(int major) throws SQLException {
    try (PostgresFixture other = PostgresFixture.startMajor(major)) {
      assertThat(other.majorVersion()).isEqualTo(major);
      assertThat(ask(other, "postgres", "SHOW server_version")).startsWith(major + ".");
      assertThat(ask(other, "postgres", "SHOW fsync")).isEqualTo("off");
      assertThat(localeOf(other)).isEqualTo(localeOf(server));
      assertRefusesAWrongPassword(other);
      assertSurvives(other);
    }
  }

  private static String localeOf(PostgresFixture server) throws SQLException {
    return ask(
        server,
        "postgres",
        "SELECT concat_ws(' ', datcollate, datctype, pg_encoding_to_char(encoding)) FROM"
            + " pg_database WHERE datname = 'template0'");
  }

  @Test
  void namesAMissingMajorAndTheCure() {
    assertThatThrownBy(() -> Binaries.ofMajor(8))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("PostgreSQL 8 is neither installed nor on the class path")
        .hasMessageContaining("hint: add a test dependency on");
  }

  @Test
  void tellsWhatTheServerSaidWhenItDoesNotStart() {
    assertThatThrownBy(() -> PostgresFixture.builder().setting("shared_buffers", "many").start())
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("invalid value for parameter \"shared_buffers\"");
  }

  @Test
  void leavesNothingWhenTheProcessEnds(@TempDir Path home) throws IOException {
    Process child = startInAnotherProcess();
    Path data = dataDirectoryOf(child);
    child.getOutputStream().close();
    await().atMost(Duration.ofMinutes(1)).until(() -> !child.isAlive());
    await().atMost(Duration.ofMinutes(1)).until(() -> !Files.exists(data.getParent()));
  }

  @Test
  void removesWhatAKilledProcessLeft() throws IOException {
    Process child = startInAnotherProcess();
    Path data = dataDirectoryOf(child);
    ProcessHandle postmaster = Cluster.postmaster(data).orElseThrow();
    child.destroyForcibly();
    await().atMost(Duration.ofMinutes(1)).until(() -> !child.isAlive());
    PostgresFixture.start().close();
    // Another module's tests may have begun to remove it, and are waited for.
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> !postmaster.isAlive() && !Files.exists(data.getParent()));
  }

  private static Process startInAnotherProcess() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        List.of(
            java.toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ServerUntilEndOfInput.class.getName());
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static Path dataDirectoryOf(Process child) throws IOException {
    BufferedReader output = child.inputReader();
    Path data = Path.of(output.readLine());
    assertThat(Files.exists(data)).isTrue();
    return data;
  }

  private static String ask(PostgresFixture server, String database, String sql)
      throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  /** Starts a server, says where, and ends when its input does. */
  static final class ServerUntilEndOfInput {
    private ServerUntilEndOfInput() {}

    public static void main(String[] arguments) throws IOException {
      System.out.println(PostgresFixture.start().dataDirectory());
      System.exit(System.in.read());
    }
  }
}
