package com.conitrack.backup.pg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.Requirements;
import com.conitrack.backup.core.port.DumpRequest;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With names and a password full of what URLs, passfiles, connection strings and shells give
 * meaning.
 */
class SecretsStaySecretIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();
  private static final String DATABASE = "dbname=x 'o\" \\d€?&%";
  private static final String USER = "us er=:'\\\"ñ";
  private static final String PASSWORD = "p:a\\ss'w\"o rd€*";

  @TempDir Path temporary;

  @BeforeEach
  void createHostileNames() {
    SERVER.dropDatabase(DATABASE);
    SERVER.execute("postgres", "DROP ROLE IF EXISTS " + Names.quoted(USER));
    SERVER.execute(
        "postgres",
        "CREATE ROLE "
            + Names.quoted(USER)
            + " LOGIN PASSWORD '"
            + PASSWORD.replace("'", "''")
            + "'");
    SERVER.createDatabase(DATABASE);
    SERVER.execute(
        DATABASE,
        "ALTER DATABASE "
            + Names.quoted(DATABASE)
            + " OWNER TO "
            + Names.quoted(USER)
            + "; CREATE TABLE t (id int); ALTER TABLE t OWNER TO "
            + Names.quoted(USER));
  }

  private PostgresDatabase database() {
    return PostgresDatabase.builder(
            PostgresConnection.of("postgresql://" + SERVER.host() + ":" + SERVER.port())
                .withDatabase(DATABASE)
                .withUser(USER)
                .withPassword(PASSWORD))
        .temporaryDirectory(temporary)
        .build();
  }

  @Test
  void everythingWorksWithHostileNames() {
    String dump = Targets.dumpText(database());
    SERVER.execute(DATABASE, "DROP TABLE t");

    database()
        .restorer()
        .restore(sink -> sink.write(dump.getBytes(StandardCharsets.UTF_8)), Targets.LONG);

    assertThat(Targets.dumpText(database())).isEqualTo(dump).contains("CREATE TABLE public.t");
    DatabaseFacts facts = database().inspector().inspect();
    assertThat(facts.name()).isEqualTo(DATABASE);
    Requirements requirements = database().inspector().requirements();
    assertThat(requirements.roles()).contains(USER);
    assertThat(requirements.remarks()).isEmpty();
    assertThat(requirements.globals()).contains(Names.quoted(USER)).doesNotContain("PASSWORD");
  }

  @Test
  void aUriCarriesThemPercentEncoded() {
    String uri =
        "postgresql://%s:%s@%s:%d/%s"
            .formatted(
                encoded(USER), encoded(PASSWORD), SERVER.host(), SERVER.port(), encoded(DATABASE));

    assertThat(PostgresDatabase.of(PostgresConnection.of(uri)).inspector().inspect().name())
        .isEqualTo(DATABASE);
  }

  @Test
  void thePasswordIsInNeitherArgumentsNorEnvironmentAndItsFileIsPrivate() throws Exception {
    try (Connection connection = SERVER.connect(DATABASE);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE t IN ACCESS EXCLUSIVE MODE");
      Background dump =
          Background.start(
              () -> database().dumper().dump(DumpRequest.WHOLE, OutputStream.nullOutputStream()));
      ProcessHandle tool = Targets.awaitTool("pg_dump");

      assertThat(ofProcess(tool, "cmdline")).contains("--no-password").doesNotContain("w\"o rd");
      assertThat(ofProcess(tool, "environ"))
          .contains("PGPASSFILE=" + temporary)
          .doesNotContain("w\"o rd", "PGPASSWORD");
      assertThat(permissions(temporary)).containsExactly("rw-------", "rwx------");

      dump.interrupt();
      assertThat(dump.failure().toString()).doesNotContain("w\"o rd");
      assertThat(permissions(temporary)).isEmpty();
    }
  }

  @Test
  void thePasswordsFileIsGoneAsSoonAsPgDumpHasConnected() throws Exception {
    SERVER.execute(DATABASE, "INSERT INTO t SELECT generate_series(1, 200000)");
    PausingSink sink = new PausingSink();
    Background dump = Background.start(() -> database().dumper().dump(DumpRequest.WHOLE, sink));

    sink.awaitFirstByte();

    assertThat(permissions(temporary)).isEmpty();
    sink.resume();
    dump.success();
  }

  @Test
  void thePasswordsFileIsGoneAsSoonAsPsqlHasConnected() throws Exception {
    Background restore =
        Background.start(
            () ->
                database()
                    .restorer()
                    .restore(
                        sink -> {
                          sink.flush();
                          await()
                              .atMost(Duration.ofMinutes(2))
                              .until(() -> permissions(temporary).isEmpty());
                        },
                        Targets.LONG));

    restore.success();
  }

  @Test
  void aPassfileOfTheUsersOwnIsRead() throws IOException {
    Path passfile = temporary.resolve("my pgpass");
    Files.writeString(
        passfile,
        "# mine\nelsewhere:5432:*:*:wrong\n"
            + SERVER.host()
            + ":*:"
            + escaped(DATABASE)
            + ":"
            + escaped(USER)
            + ":"
            + escaped(PASSWORD)
            + "\n");
    Files.setPosixFilePermissions(passfile, PosixFilePermissions.fromString("rw-------"));
    PostgresConnection connection =
        PostgresConnection.of("postgresql://" + SERVER.host() + ":" + SERVER.port())
            .withDatabase(DATABASE)
            .withUser(USER)
            .withPassfile(passfile);

    assertThat(Targets.dumpText(PostgresDatabase.of(connection))).contains("CREATE TABLE public.t");
  }

  private static String escaped(String field) {
    return field.replace("\\", "\\\\").replace(":", "\\:");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String ofProcess(ProcessHandle process, String file) throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(process.pid()), file))
        .replace('\0', '\n');
  }

  /** Permissions of all that lies below a directory, files before directories. */
  private static List<String> permissions(Path directory) throws IOException {
    try (Stream<Path> below = Files.walk(directory)) {
      return below
          .filter(path -> !path.equals(directory))
          .map(SecretsStaySecretIT::permission)
          .sorted()
          .toList();
    }
  }

  private static String permission(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    } catch (IOException e) {
      return "gone"; // Between the listing and the look.
    }
  }
}
