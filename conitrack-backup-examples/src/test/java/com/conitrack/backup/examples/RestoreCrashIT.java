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
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills a production restore and looks what the database is then: the old one or the new one,
 * whole, and the next command says which. How often at random moments: {@code -Drestore.kills=50}.
 */
@TestInstance(Lifecycle.PER_CLASS)
class RestoreCrashIT {
  private static final int KILLS = Integer.getInteger("restore.kills", 10);
  private static final String DATABASE = "production";

  private final Random random = new Random();
  private PostgresFixture server;
  private Path passfile;
  private Path storage;
  private Manifest backup;
  private Fingerprint old;
  @TempDir static Path temporary;

  @BeforeAll
  void start() throws IOException {
    server = PostgresFixture.start();
    SampleSchemas.create(server, DATABASE, SampleSchemas.conitrack());
    passfile =
        Files.createFile(
            temporary.resolve("passfile"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    String password = server.password().replace("\\", "\\\\").replace(":", "\\:");
    Files.writeString(passfile, "*:*:*:*:" + password + "\n");
    storage = Files.createDirectory(temporary.resolve("storage"));
    backup = backups().backup(Trigger.MANUAL).orThrow();
    server.execute(
        DATABASE, "CREATE TABLE written_since (id int); INSERT INTO written_since VALUES (1)");
    old = fingerprint();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "safety backup",
        "audit annex",
        "create database",
        "load and compare",
        "swap",
        "verify",
        "start application",
        "look for late writes"
      })
  void killedAtAStepItIsTheOldOneOrTheNewOne(String step) throws Exception {
    Victim victim = new Victim(RestoreStrategy.SWAP);
    victim.awaitLine(step);
    victim.kill();

    assertOldOrNewAndSettled("killed at '" + step + "'");
  }

  @Test
  void killedAtRandomMomentsItIsTheOldOneOrTheNewOne() throws Exception {
    long usual = timeOfAWholeRestore();
    for (int kill = 1; kill <= KILLS; kill++) {
      long millis = random.nextLong(usual + usual / 10);
      Victim victim = new Victim(RestoreStrategy.SWAP);
      victim.awaitLine("READY");
      victim.endsWithin(millis);
      victim.kill();

      assertOldOrNewAndSettled("kill " + kill + " of " + KILLS + " after " + millis + " ms");
    }
  }

  private long timeOfAWholeRestore() throws Exception {
    Victim victim = new Victim(RestoreStrategy.SWAP);
    victim.awaitLine("READY");
    long began = System.nanoTime();
    victim.awaitLine("END Restored");
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    victim.kill();
    assertOldOrNewAndSettled("not killed");
    return millis;
  }

  private void assertOldOrNewAndSettled(String when) {
    Fingerprint now = fingerprint();
    boolean restored = now.equals(backup.contents());
    assertThat(restored || now.equals(old)).as("%s: the old one or the new one", when).isTrue();

    RestoreStatus status = backups().restoreStatus(ApplicationHooks.NONE);

    List<RestoreRecord> records = status.records();
    if (!records.isEmpty()) {
      RestoreRecord last = records.get(records.size() - 1);
      assertThat(last.open()).as(when).isFalse();
      assertThat(last.state() == State.PASSED).as(when).isEqualTo(restored);
    }
    // What an orphaned session of the server was making then is there a moment later.
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> settled() && databases().size() == (restored ? 2 : 1));
    assertThat(fingerprint()).as(when).isEqualTo(now);
    if (restored) {
      backups().rollbackRestore(DATABASE, "next round", ApplicationHooks.NONE);
      backups().discardRestore(DATABASE);
      assertThat(fingerprint()).as(when).isEqualTo(old);
    }
    assertThat(backups().register().verify(manifests())).as(when).isEmpty();
  }

  private boolean settled() {
    return backups().restoreStatus(ApplicationHooks.NONE).settled().isEmpty();
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
        .lockWait(Duration.ofSeconds(30))
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
      process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
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
              .start();
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
