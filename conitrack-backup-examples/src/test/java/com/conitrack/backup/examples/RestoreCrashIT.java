package com.conitrack.backup.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseDescription;
import com.conitrack.backup.core.port.DumpRequest;
import com.conitrack.backup.core.production.ApplicationHooks;
import com.conitrack.backup.core.production.RestoreRecord;
import com.conitrack.backup.core.production.RestoreRecord.State;
import com.conitrack.backup.core.production.RestoreStatus;
import com.conitrack.backup.core.production.RestoreStrategy;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.database.SampleSchemas;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Kills a production restore and looks what the database is then: the old one or the new one,
 * whole, and the next command says which, clears up and starts the application. How often at random
 * moments, for each strategy: {@code -Drestore.kills=50}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RestoreCrashIT {
  private static final int KILLS = Integer.getInteger("restore.kills", 1);
  private static final String DATABASE = "production";
  private static final String PRISTINE = "pristine";
  private static final AtomicInteger ROUNDS = new AtomicInteger();

  /** How long to wait for what comes soon on a machine that is not busy. */
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final Random random = new Random();
  private PostgresFixture server;
  private Path passfile;
  private Path kept;
  private Path storage;
  private Manifest backup;
  private Fingerprint old;
  private List<String> told = List.of();
  @TempDir static Path temporary;

  @BeforeAll
  void start() throws IOException {
    server = PostgresFixture.start();
    SampleSchemas.create(server, DATABASE, SampleSchemas.conitrack());
    server.execute(
        DATABASE,
        "CREATE TABLE movimiento AS SELECT n AS id, repeat('x', 50) AS nota"
            + " FROM generate_series(1, 10000) n; CREATE INDEX ON movimiento (nota, id)");
    passfile =
        Files.createFile(
            temporary.resolve("passfile"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    String password = server.password().replace("\\", "\\\\").replace(":", "\\:");
    Files.writeString(passfile, "*:*:*:*:" + password + "\n");
    kept = Files.createDirectory(temporary.resolve("storage"));
    storage = kept;
    backup = backups().backup(Trigger.MANUAL).orThrow();
    server.execute(
        DATABASE, "CREATE TABLE written_since (id int); INSERT INTO written_since VALUES (1)");
    old = fingerprint();
    server.execute("postgres", "CREATE DATABASE " + PRISTINE + " TEMPLATE " + DATABASE);
    server.execute("postgres", "CHECKPOINT"); // Recovery moves on sequences that were used since.
  }

  /** A register of its own for each: it grows with every restore and is read many times. */
  private void begin() throws IOException {
    storage = temporary.resolve("storage-" + ROUNDS.incrementAndGet());
    try (Stream<Path> files = Files.walk(kept)) {
      for (Path each : files.toList()) {
        Files.copy(each, storage.resolve(kept.relativize(each).toString()));
      }
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** What a step is killed by comes right when it begins. */
  @ParameterizedTest
  @CsvSource({
    "SWAP, load and compare",
    "SWAP, swap",
    "SWAP, verify",
    "IN_ONE_TRANSACTION, replace in one transaction",
    "IN_ONE_TRANSACTION, compare",
    "RECREATE, delete the old database",
    "RECREATE, load and compare",
    "RECREATE, put in place",
  })
  void killedAtAStepItIsTheOldOneOrTheNewOne(RestoreStrategy strategy, String step)
      throws Exception {
    Victim victim = new Victim(strategy);
    victim.awaitLine(step);
    victim.kill();

    assertOldOrNewAndSettled(strategy, "killed at '" + step + "'");
  }

  @ParameterizedTest
  @EnumSource(RestoreStrategy.class)
  void killedAtRandomMomentsItIsTheOldOneOrTheNewOne(RestoreStrategy strategy) throws Exception {
    long usual = timeOfAWholeRestore(strategy);
    for (int kill = 1; kill <= KILLS; kill++) {
      long millis = random.nextLong(usual + usual / 10);
      Victim victim = new Victim(strategy);
      victim.awaitLine("READY");
      victim.endsWithin(millis);
      victim.kill();

      String when = strategy + ", kill " + kill + " of " + KILLS + " after " + millis + " ms";
      assertOldOrNewAndSettled(strategy, when);
    }
  }

  private long timeOfAWholeRestore(RestoreStrategy strategy) throws Exception {
    Victim victim = new Victim(strategy);
    victim.awaitLine("READY");
    long began = System.nanoTime();
    victim.awaitLine("END Restored");
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    victim.kill();
    assertThat(assertOldOrNewAndSettled(strategy, "not killed")).isTrue();
    return millis;
  }

  /**
   * psql or the server's process that works for it is killed: the restore itself must say how it
   * ended.
   */
  @ParameterizedTest
  @EnumSource(Killed.class)
  void theTransactionLosesItsSession(Killed killed) throws Exception {
    for (int kill = 1; kill <= Math.max(1, KILLS / 2); kill++) {
      long millis = random.nextLong(600);
      Victim victim = new Victim(RestoreStrategy.IN_ONE_TRANSACTION);
      victim.awaitLine("replace in one transaction");
      victim.endsWithin(millis);
      killed.kill(this, victim);
      String end = victim.awaitEnd();

      String when = killed + " killed after " + millis + " ms";
      boolean replaced = assertOldOrNewAndSettled(RestoreStrategy.IN_ONE_TRANSACTION, when);
      assertThat(end).as(when).isEqualTo(replaced ? "END Restored" : "END Failed");
    }
  }

  /**
   * psql outlives the program: it waits for the server, which waits for a lock, and neither notices
   * that the program is gone.
   */
  @Test
  void whatIsLeftWaitingForALockIsEndedByTheNextCommand() throws Exception {
    try (Connection other = server.connect(DATABASE);
        Statement statement = other.createStatement()) {
      other.setAutoCommit(false);
      statement.execute("SET application_name = 'conitrack-backup of a test'");
      statement.execute("LOCK TABLE movimiento IN ACCESS SHARE MODE");
      Victim victim = new Victim(RestoreStrategy.IN_ONE_TRANSACTION);
      soon().until(() -> !sessions("wait_event_type = 'Lock'").isEmpty());
      victim.kill();

      assertThat(assertOldOrNewAndSettled(RestoreStrategy.IN_ONE_TRANSACTION, "waiting")).isFalse();
      assertThat(told).anyMatch(each -> each.startsWith("ended 1 sessions"));
    }
  }

  private enum Killed {
    PSQL {
      @Override
      void kill(RestoreCrashIT test, Victim victim) {
        victim.process.descendants().forEach(ProcessHandle::destroyForcibly);
      }
    },
    BACKEND {
      @Override
      void kill(RestoreCrashIT test, Victim victim) throws SQLException {
        for (long pid : test.sessions("true")) {
          ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        }
      }
    };

    abstract void kill(RestoreCrashIT test, Victim victim) throws SQLException;
  }

  /** The processes of the server that work for psql. */
  private List<Long> sessions(String which) throws SQLException {
    List<Long> pids = new ArrayList<>();
    try (Connection connection = server.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT pid FROM pg_stat_activity"
                    + " WHERE application_name = 'conitrack-backup restore' AND "
                    + which)) {
      while (rows.next()) {
        pids.add(rows.getLong(1));
      }
    }
    return pids;
  }

  private static ConditionFactory soon() {
    return await().atMost(PATIENCE).pollDelay(Duration.ZERO);
  }

  private boolean serverAnswers() {
    try (Connection connection = server.connect("postgres")) {
      return connection.isValid(0);
    } catch (SQLException e) {
      return false;
    }
  }

  /** Returns whether it is the new one; puts the old one back for the next round. */
  private boolean assertOldOrNewAndSettled(RestoreStrategy strategy, String when) throws Exception {
    Starts starts = new Starts();
    RestoreStatus status = statusOnceNobodyIsAtWork(starts);
    told = status.settled();

    // The transaction is over; the process that ended it is there a moment longer.
    soon().until(() -> sessions("true").isEmpty());
    Fingerprint now = fingerprint();
    boolean restored = now.equals(backup.contents());
    assertThat(restored || now.equals(old)).as("%s: the old one or the new one", when).isTrue();
    assertThat(starts.count).as(when).hasValue(status.settled().isEmpty() ? 0 : 1);
    List<RestoreRecord> records = status.records();
    if (!records.isEmpty()) {
      RestoreRecord last = records.get(records.size() - 1);
      assertThat(last.open()).as(when).isFalse();
      assertThat(last.state() == State.PASSED).as("%s: %s", when, status).isEqualTo(restored);
    }
    int left = restored && strategy == RestoreStrategy.SWAP ? 2 : 1;
    // What an orphaned session of the server was making then is there a moment later.
    soon()
        .until(
            () ->
                backups().restoreStatus(ApplicationHooks.NONE).settled().isEmpty()
                    && databases().size() == left);
    assertThat(backups().register().verify(manifests())).as(when).isEmpty();
    if (restored) {
      putBack(strategy, when);
    }
    return restored;
  }

  /** A server notices a moment later that a program was killed, or first recovers itself. */
  private RestoreStatus statusOnceNobodyIsAtWork(Starts starts) {
    soon().until(this::serverAnswers);
    return soon().until(() -> backups().restoreStatus(starts), status -> status.busy() == null);
  }

  private void putBack(RestoreStrategy strategy, String when) {
    if (strategy == RestoreStrategy.SWAP) {
      backups().rollbackRestore(DATABASE, "next round", ApplicationHooks.NONE);
      backups().discardRestore(DATABASE);
      assertThat(fingerprint()).as(when).isEqualTo(old);
    } else {
      server.dropDatabase(DATABASE);
      server.execute("postgres", "CREATE DATABASE " + DATABASE + " TEMPLATE " + PRISTINE);
      server.execute("postgres", "CHECKPOINT");
    }
  }

  private static final class Starts implements ApplicationHooks {
    private final AtomicInteger count = new AtomicInteger();

    @Override
    public void stop(Context context) {
      throw new AssertionError("nothing is to be stopped");
    }

    @Override
    public void start(Context context) {
      count.incrementAndGet();
    }
  }

  private List<Manifest> manifests() {
    return backups().catalogue().entries().stream().map(CatalogueEntry::manifest).toList();
  }

  private List<String> databases() {
    return database().server().databases().stream()
        .map(DatabaseDescription::name)
        .filter(name -> name.startsWith(DATABASE))
        .toList();
  }

  private Fingerprint fingerprint() {
    DumpInspector inspector = new DumpInspector();
    database()
        .dumper()
        .dump(
            DumpRequest.WHOLE,
            new OutputStream() {
              @Override
              public void write(int b) {
                write(new byte[] {(byte) b}, 0, 1);
              }

              @Override
              public void write(byte[] bytes, int offset, int length) {
                inspector.accept(bytes, offset, length);
              }
            });
    return inspector.finish().fingerprint();
  }

  private ConitrackBackup backups() {
    return ConitrackBackup.builder()
        .database(database())
        .storage(FileSystemStorage.at("local", storage))
        .lockWait(PATIENCE)
        .build();
  }

  private Database database() {
    return PostgresDatabase.of(
        PostgresConnection.of(server.jdbcUrl(DATABASE))
            .withUser(server.superuser())
            .withPassword(server.password()));
  }

  /** The program at work. */
  private final class Victim {
    private final Process process;
    private final BufferedReader lines;

    Victim(RestoreStrategy strategy) throws IOException {
      begin();
      process =
          Hanging.limited(
              new ProcessBuilder(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-XX:TieredStopAtLevel=1",
                      "-XX:+UseSerialGC",
                      "-cp",
                      System.getProperty("java.class.path"),
                      RestoreCrashVictim.class.getName(),
                      server.jdbcUrl(DATABASE),
                      server.superuser(),
                      passfile.toString(),
                      storage.toString(),
                      backup.id().value(),
                      strategy.name())
                  .redirectError(temporary.resolve("victim.err").toFile())
                  .start());
      lines = process.inputReader(StandardCharsets.UTF_8);
    }

    void awaitLine(String wanted) throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.equals(wanted)) {
          return;
        }
      }
      throw new AssertionError(
          "the victim ended before '"
              + wanted
              + "':\n"
              + Files.readString(temporary.resolve("victim.err")));
    }

    /** Its last line. */
    String awaitEnd() throws IOException {
      String last = "";
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
      }
      return last;
    }

    /** Gives it some time; it may end before. */
    void endsWithin(long millis) throws InterruptedException {
      process.waitFor(millis, TimeUnit.MILLISECONDS);
    }

    void kill() throws InterruptedException {
      process.destroyForcibly();
      process.waitFor();
    }
  }
}
