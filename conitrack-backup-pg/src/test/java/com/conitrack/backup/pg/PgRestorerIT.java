package com.conitrack.backup.pg;

import static com.conitrack.backup.pg.Targets.LONG;
import static com.conitrack.backup.pg.Targets.awaitNoSession;
import static com.conitrack.backup.pg.Targets.awaitSession;
import static com.conitrack.backup.pg.Targets.database;
import static com.conitrack.backup.pg.Targets.failure;
import static com.conitrack.backup.pg.Targets.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.DatabaseRestorer.DumpBody;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PgRestorerIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();
  private static final String HALF_A_TABLE =
      "CREATE TABLE lote (id int);\nCOPY lote FROM stdin;\n1\n2\n";

  private String target = "";

  @BeforeEach
  void createTarget() {
    target = SERVER.freshDatabase();
  }

  private BackupException restoreFailure(DumpBody body) {
    return failure(() -> database(SERVER, target).restorer().restore(body, LONG));
  }

  private static DumpBody sql(String text) {
    return sink -> sink.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private void assertTargetIsEmpty() {
    assertThat(database(SERVER, target).inspector().userObjects()).isEmpty();
  }

  @Test
  void aRestoredDatabaseDumpsTheSame() {
    String source = SERVER.freshDatabase();
    SERVER.execute(
        source,
        """
        CREATE TABLE "Órden" (id serial PRIMARY KEY, texto text);
        INSERT INTO "Órden" (texto) VALUES (E'tab\\t, \\\\. and "quotes"'), (NULL), ('');
        CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';
        """);
    String dump = Targets.dumpText(database(SERVER, source));

    assertThat(database(SERVER, target).restorer().restore(sql(dump), LONG)).isEmpty();

    assertThat(Targets.dumpText(database(SERVER, target))).isEqualTo(dump);
  }

  @Test
  void aSubscriptionKeepsADatabaseFromBeingCleared() {
    SERVER.execute(
        target,
        "CREATE SUBSCRIPTION \"My sub\" CONNECTION 'host=nowhere' PUBLICATION p WITH (connect = false)");
    try {
      assertThat(database(SERVER, target).restorer().clearingObstacles())
          .singleElement()
          .asString()
          .contains("cannot be dropped in a transaction: DROP SUBSCRIPTION \"My sub\"");
    } finally {
      SERVER.execute(
          target,
          "ALTER SUBSCRIPTION \"My sub\" SET (slot_name = NONE); DROP SUBSCRIPTION \"My sub\"");
    }
  }

  @Test
  void whatALimitedUserCouldNotMakeAgainKeepsADatabaseFromBeingCleared() {
    String limited = "limited_" + UUID.randomUUID().toString().replace('-', '_');
    SERVER.execute(
        target,
        """
        CREATE ROLE %1$s LOGIN PASSWORD 'x';
        ALTER DATABASE %2$s OWNER TO %1$s;
        ALTER SCHEMA public OWNER TO %3$s;
        CREATE SCHEMA ours AUTHORIZATION %1$s;
        CREATE SCHEMA theirs;
        CREATE EXTENSION pageinspect SCHEMA ours;
        CREATE EXTENSION citext SCHEMA ours;
        """
            .formatted(limited, target, SERVER.superuser()));
    DatabaseRestorer asLimited =
        PostgresDatabase.of(Targets.superuser(SERVER, target).withUser(limited).withPassword("x"))
            .restorer();
    String toOwn = "ALTER SCHEMA public OWNER TO " + limited;
    String toKeep = "ALTER EXTENSION pageinspect SET SCHEMA ";

    assertThat(asLimited.clearingObstacles())
        .satisfiesExactly(
            each -> assertThat(each).contains("schema public belongs").endsWith(toOwn),
            each -> assertThat(each).contains("extension pageinspect").contains(toKeep));

    SERVER.execute(target, toOwn + "; " + toKeep + "theirs");
    assertThat(asLimited.clearingObstacles()).isEmpty();
    assertThat(asLimited.restore(sql(asLimited.clearing()), LONG)).isEmpty();
    assertThat(query(SERVER, target, "SELECT string_agg(extname, ' ') FROM pg_extension"))
        .isEqualTo("plpgsql pageinspect");
  }

  @Test
  void warningsBecomeRemarks() {
    String warning = "DO $$ BEGIN RAISE WARNING 'look here'; END $$;\n";

    assertThat(database(SERVER, target).restorer().restore(sql(warning), LONG))
        .anyMatch(remark -> remark.contains("look here"));
  }

  @Test
  void aDumpCutInsideCopyLeavesNothing() {
    IOException cut = new IOException("the dump is cut");

    BackupException error =
        restoreFailure(
            sink -> {
              sink.write(HALF_A_TABLE.getBytes(StandardCharsets.UTF_8));
              throw cut;
            });

    assertThat(error).hasCause(cut).hasMessageContaining("the dump is cut");
    assertTargetIsEmpty();
  }

  @Test
  void aDumpCutInsideCopyThatPassesForWholeLeavesNothing() {
    BackupException error = restoreFailure(sql(HALF_A_TABLE));

    assertThat(error.kind()).isEqualTo(ErrorKind.DATABASE);
    assertTargetIsEmpty();
  }

  @Test
  void theKindOfTheBodysFailureIsKept() {
    BackupException damaged =
        new BackupException(ErrorKind.DAMAGED, "unable to read 'x'", "digest differs", null);

    BackupException error =
        restoreFailure(
            sink -> {
              throw damaged;
            });

    assertThat(error.kind()).isEqualTo(ErrorKind.DAMAGED);
    assertThat(error).hasCause(damaged);
  }

  @Test
  void anSqlErrorStopsAndLeavesNothing() {
    BackupException error =
        restoreFailure(sql("CREATE TABLE a (id int);\nSELECT 1/0;\nCREATE TABLE b (id int);\n"));

    assertThat(error.kind()).isEqualTo(ErrorKind.DATABASE);
    assertThat(error.why()).contains("division by zero").doesNotContain("LOCATION");
    assertTargetIsEmpty();
  }

  @Test
  void psqlsOwnErrorIsToldWhileTheDumpStillPours() {
    byte[] comment = ("-- " + "x".repeat(60_000) + "\n").getBytes(StandardCharsets.US_ASCII);

    BackupException error =
        restoreFailure(
            sink -> {
              sink.write("SELECT * FROM nowhere;\n".getBytes(StandardCharsets.US_ASCII));
              for (int i = 0; i < 500; i++) {
                sink.write(comment);
              }
            });

    assertThat(error.why()).contains("relation \"nowhere\" does not exist");
  }

  @Test
  void aBodyThatHidesTheFailureOfItsSinkDoesNotHideIt() {
    BackupException error =
        restoreFailure(
            sink -> {
              try {
                for (int i = 0; i < 500; i++) {
                  sink.write(
                      ("SELECT nothing;" + " ".repeat(60_000)).getBytes(StandardCharsets.US_ASCII));
                }
              } catch (IOException e) {
                // Swallowed, as a careless body would.
              }
            });

    assertThat(error.why()).contains("column \"nothing\" does not exist");
  }

  @Test
  void anErrorThatShowsAtCommitLeavesNothing() {
    BackupException error =
        restoreFailure(
            sql(
                """
                CREATE TABLE a (id int PRIMARY KEY);
                CREATE TABLE b (id int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
                INSERT INTO b VALUES (1);
                """));

    assertThat(error.why()).contains("violates foreign key constraint");
    assertTargetIsEmpty();
  }

  @Test
  void transactionControlInTheDumpIsFoundOut() {
    BackupException error = restoreFailure(sql("CREATE TABLE a (id int);\nROLLBACK;\nSELECT 1;\n"));

    assertThat(error).hasMessageContaining("transaction control");
  }

  @Test
  void aCommitInTheDumpNeverPassesForOurs() {
    BackupException error = restoreFailure(sql("CREATE TABLE a (id int);\nCOMMIT;\nNONSENSE;\n"));

    assertThat(error).hasMessageContaining("transaction control");
    assertThat(error.getCause()).hasMessageContaining("NONSENSE");
  }

  @Test
  void muchOutputDoesNotBlock() {
    String noisy =
        """
        SELECT repeat('o', 1000) FROM generate_series(1, 5000);
        DO $$ BEGIN FOR i IN 1..5000 LOOP RAISE WARNING '%', repeat('w', 200); END LOOP; END $$;
        """;

    assertThat(database(SERVER, target).restorer().restore(sql(noisy), LONG)).hasSize(50);
  }

  @Test
  void aKilledPsqlLeavesNothing() throws Exception {
    CountDownLatch killed = new CountDownLatch(1);
    Background restore = restoreHalf(killed);

    Targets.awaitTool("psql").destroyForcibly();
    killed.countDown();

    BackupException error = restore.failure();
    assertThat(error).hasMessageContaining("killed by SIGKILL");
    assertTargetIsEmpty();
  }

  @Test
  void aLostConnectionLeavesNothing() throws Exception {
    CountDownLatch lost = new CountDownLatch(1);
    Background restore = restoreHalf(lost);
    awaitSession(SERVER, target, psql());

    SERVER.execute(
        "postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + psql());
    lost.countDown();

    assertThat(restore.failure().kind()).isEqualTo(ErrorKind.CONNECTION);
    assertTargetIsEmpty();
  }

  @Test
  void aServerThatStopsLeavesNothing() throws Exception {
    try (PostgresFixture server = PostgresFixture.start()) {
      CountDownLatch stopped = new CountDownLatch(1);
      PostgresDatabase database = database(server, "postgres");
      Background restore = Background.start(() -> database.restorer().restore(half(stopped), LONG));
      awaitSession(server, "postgres", "query LIKE 'COPY%'");

      server.stop(PostgresFixture.StopMode.IMMEDIATE);
      stopped.countDown();

      assertThat(restore.failure().kind()).isEqualTo(ErrorKind.CONNECTION);
      server.restart();
      assertThat(database.inspector().userObjects()).isEmpty();
    }
  }

  @Test
  void theTimeLimitEndsTheSessionOnTheServerToo() {
    BackupException error =
        failure(
            () ->
                database(SERVER, target)
                    .restorer()
                    .restore(
                        sql("CREATE TABLE a (id int);\nSELECT pg_sleep(600);\n"),
                        Duration.ofSeconds(1)));

    assertThat(error.kind()).isEqualTo(ErrorKind.TIMEOUT);
    awaitNoSession(SERVER, target, "application_name = 'conitrack-backup restore'");
    assertTargetIsEmpty();
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    Background restore =
        Background.start(
            () ->
                database(SERVER, target).restorer().restore(sql("SELECT pg_sleep(600);\n"), LONG));
    ProcessHandle tool = Targets.awaitTool("psql");

    restore.interrupt();

    assertThat(restore.failure().kind()).isEqualTo(ErrorKind.CANCELLED);
    assertThat(restore.interruptedAfter()).isTrue();
    assertThat(tool.isAlive()).isFalse();
  }

  @Test
  void psqlLostDuringCommitWhoseWorkIsUndoneIsAFailure() throws Exception {
    String slowCommit =
        """
        CREATE TABLE a (id int);
        CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
          'BEGIN PERFORM pg_sleep(600); RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON a DEFERRABLE INITIALLY DEFERRED
          FOR EACH ROW EXECUTE FUNCTION slow();
        INSERT INTO a VALUES (1);
        """;
    Background restore =
        Background.start(() -> database(SERVER, target).restorer().restore(sql(slowCommit), LONG));
    awaitSession(SERVER, target, "query = 'COMMIT;' AND " + psql());

    Targets.awaitTool("psql").destroyForcibly();

    assertThat(restore.failure()).hasMessageContaining("SIGKILL");
    assertTargetIsEmpty();
  }

  @Test
  void psqlLostAfterTheServerCommittedIsASuccessWithARemark() throws Exception {
    try (PostgresFixture server =
        PostgresFixture.builder()
            .setting("synchronous_standby_names", "nobody")
            .setting("synchronous_commit", "local")
            .start()) {
      // The commit is done and then waits for a standby that never comes.
      String body = "SET synchronous_commit = on;\nCREATE TABLE a (id int);\n";
      PostgresDatabase database = database(server, "postgres");
      List<String> remarks = new CopyOnWriteArrayList<>();
      Background restore =
          Background.start(() -> remarks.addAll(database.restorer().restore(sql(body), LONG)));
      awaitSession(server, "postgres", "wait_event = 'SyncRep'");

      Targets.awaitTool("psql").destroyForcibly();

      restore.success();
      assertThat(remarks).anyMatch(remark -> remark.contains("the server committed the restore"));
      assertThat(database.inspector().userObjects()).containsExactly("table public.a");
    }
  }

  @Test
  void tooManyTablesForTheLockTableNamesTheSetting() {
    try (PostgresFixture server =
        PostgresFixture.builder()
            .setting("max_locks_per_transaction", "10")
            .setting("max_connections", "20")
            .start()) {
      DumpBody many =
          sink -> {
            for (int i = 0; i < 5000; i++) {
              sink.write(
                  ("CREATE TABLE t" + i + " (id int);\n").getBytes(StandardCharsets.US_ASCII));
            }
          };

      BackupException error =
          failure(() -> database(server, "postgres").restorer().restore(many, LONG));

      assertThat(error.hint()).contains("max_locks_per_transaction");
    }
  }

  private Background restoreHalf(CountDownLatch goOn) {
    return Background.start(() -> database(SERVER, target).restorer().restore(half(goOn), LONG));
  }

  /** Half a table, then a pause, then the rest: enough to fill any pipe. */
  private static DumpBody half(CountDownLatch goOn) {
    return sink -> {
      sink.write(HALF_A_TABLE.getBytes(StandardCharsets.US_ASCII));
      sink.flush();
      pause(goOn);
      writeRest(sink);
    };
  }

  private static void writeRest(OutputStream sink) throws IOException {
    byte[] rows = "3\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 100; i++) {
      sink.write(rows);
    }
    sink.write("\\.\n".getBytes(StandardCharsets.US_ASCII));
  }

  private static void pause(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private String psql() {
    return "datname = '" + target + "' AND application_name = 'conitrack-backup restore'";
  }
}
