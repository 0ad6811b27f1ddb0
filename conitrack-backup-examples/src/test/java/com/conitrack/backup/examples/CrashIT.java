package com.conitrack.backup.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.codec.GzipCodec;
import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupListener;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.database.SampleSchemas;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills what takes part in a backup, at every point, and looks at what is left: never a partial
 * backup, never a broken register, and nothing of it after the next run.
 */
@TestInstance(Lifecycle.PER_CLASS)
class CrashIT {
  private static final String DATABASE = "crash";

  /** Takes long enough to dump that there is progress to be killed at. */
  private static final String LARGE = "crash_large";

  private PostgresFixture server;
  private Path passfile;
  @TempDir static Path temporary;

  @BeforeAll
  void start() throws IOException {
    server = PostgresFixture.start();
    SampleSchemas.create(server, DATABASE, SampleSchemas.bulk(4));
    SampleSchemas.create(server, LARGE, SampleSchemas.bulk(120));
    passfile =
        Files.createFile(
            temporary.resolve("passfile"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    String password = server.password().replace("\\", "\\\\").replace(":", "\\:");
    Files.writeString(passfile, "*:*:*:*:" + password + "\n");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void thisJavaProcessIsKilledAtEveryStep(@TempDir Path directory) throws Exception {
    int step = 1;
    boolean killed = true;
    while (killed) {
      Path storage = Files.createDirectory(directory.resolve("step-" + step));
      killed = runVictimUntil(step, storage);
      assertNothingPartialIsVisible(storage, step);
      assertTheNextRunCleansUp(DATABASE, storage, "killed at step " + step);
      // Every step of the short phases, and some of the many equal ones of the long one.
      step += step < 12 || step > 40 ? 1 : 5;
    }
    assertThat(step).as("steps at which the victim was killed").isGreaterThan(20);
  }

  @Test
  void aReplicationIsKilledAlongTheWay(@TempDir Path directory) throws Exception {
    Path original = Files.createDirectory(directory.resolve("original"));
    Manifest manifest = backups(DATABASE, original, event -> {}).backup(Trigger.MANUAL).orThrow();
    int step = 1;
    boolean killed = true;
    while (killed) {
      Path first = copyOf(original, directory.resolve("first-" + step));
      Path second = Files.createDirectory(directory.resolve("second-" + step));
      if (step % 2 == 0) {
        leaveDamagedCopy(first, second, manifest);
      }
      killed = runVictimUntil(step, first, second);
      assertTheNextReplicationMakesItGood(first, second, manifest, "killed at step " + step);
      // An odd stride, so that missing and damaged copies take turns.
      step += 3;
    }
    assertThat(step).as("steps at which the victim was killed").isGreaterThan(8);
  }

  /** A site of its own for each step: what a register tells of one holds for no other. */
  private static Path copyOf(Path original, Path copy) throws IOException {
    try (Stream<Path> files = Files.walk(original)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(original.relativize(file).toString()));
      }
    }
    return copy;
  }

  private static void leaveDamagedCopy(Path first, Path second, Manifest manifest)
      throws IOException {
    byte[] dump = Files.readAllBytes(first.resolve(manifest.dump().key()));
    dump[dump.length / 2] ^= 1;
    Files.write(second.resolve(manifest.dump().key()), dump);
    Files.copy(first.resolve(manifest.key()), second.resolve(manifest.key()));
  }

  private void assertTheNextReplicationMakesItGood(
      Path first, Path second, Manifest manifest, String when) throws IOException {
    Path copy = second.resolve(manifest.dump().key());
    if (Files.exists(copy)) {
      assertThat(Files.size(copy)).as(when).isEqualTo(manifest.dump().stored().bytes());
    }
    ConitrackBackup both =
        ConitrackBackup.builder()
            .database(database(DATABASE))
            .storage(FileSystemStorage.at("local", first))
            .storage(FileSystemStorage.at("second", second))
            .lockWait(Duration.ofMinutes(3))
            .build();
    assertThat(both.replicate(both.planReplication()).failed()).as(when).isEmpty();

    assertThat(both.verifyAll(VerificationLevel.CONTENT).proved()).as(when).isTrue();
    assertThat(both.planReplication().nothingWanting()).as(when).isTrue();
    assertThat(both.register().verify(manifests(both.catalogue()))).as(when).isEmpty();
    assertThat(everything(second))
        .as(when)
        .allMatch(
            file ->
                file.matches(
                    "backup_[0-9_-]+\\.sql\\.gz(\\.manifest\\.json)?|register/\\d+\\.json"));
  }

  /** Whether the victim was killed; false if it had ended before that step. */
  private boolean runVictimUntil(int step, Path... storages) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                CrashVictim.class.getName(),
                server.jdbcUrl(DATABASE),
                server.superuser(),
                passfile.toString()));
    Stream.of(storages).map(Path::toString).forEach(command::add);
    Process victim =
        Hanging.limited(
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    try (BufferedReader lines = victim.inputReader(StandardCharsets.UTF_8)) {
      for (int line = 1; line <= step; line++) {
        String told = lines.readLine();
        assertThat(told).as("line %d of a victim that ended by itself", line).isNotNull();
        if (told.equals("END")) {
          return false;
        }
      }
      victim.destroyForcibly();
      return true;
    } finally {
      victim.destroyForcibly();
      victim.waitFor();
    }
  }

  private static void assertNothingPartialIsVisible(Path storage, int step) throws IOException {
    for (Path dump : visibleDumps(storage)) {
      DumpInspector inspector = new DumpInspector();
      try (InputStream plain = GzipCodec.fast().decode(Files.newInputStream(dump))) {
        byte[] buffer = new byte[65536];
        for (int read = plain.read(buffer); read >= 0; read = plain.read(buffer)) {
          inspector.accept(buffer, 0, read);
        }
      }
      assertThat(inspector.finish().whole()).as("%s after step %d", dump, step).isTrue();
    }
  }

  private static List<Path> visibleDumps(Path storage) throws IOException {
    try (Stream<Path> files = Files.list(storage)) {
      return files.filter(file -> file.getFileName().toString().endsWith(".sql.gz")).toList();
    }
  }

  private void assertTheNextRunCleansUp(String database, Path storage, String when)
      throws IOException {
    ConitrackBackup backups = backups(database, storage, event -> {});
    BackupOutcome outcome = backups.backup(Trigger.MANUAL);
    assertThat(outcome).as(when).isInstanceOf(BackupOutcome.Complete.class);
    Catalogue catalogue = backups.catalogue();
    assertThat(catalogue.problems()).as(when).isEmpty();
    assertThat(backups.register().verify(manifests(catalogue))).as(when).isEmpty();
    assertThat(backups.verifyAll(VerificationLevel.CONTENT).proved()).as(when).isTrue();
    assertThat(everything(storage))
        .as(when)
        .allMatch(
            file ->
                file.matches(
                    "backup_[0-9_-]+\\.sql\\.gz(\\.manifest\\.json)?|register/\\d+\\.json"));
  }

  private static List<Manifest> manifests(Catalogue catalogue) {
    return catalogue.entries().stream().map(entry -> entry.manifest()).toList();
  }

  private static List<String> everything(Path storage) throws IOException {
    try (Stream<Path> files = Files.walk(storage)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> storage.relativize(file).toString())
          .toList();
    }
  }

  private ConitrackBackup backups(String database, Path storage, BackupListener listener) {
    return ConitrackBackup.builder()
        .database(database(database))
        .storage(FileSystemStorage.at("local", storage))
        .lockWait(Duration.ofMinutes(3))
        .listener(listener)
        .build();
  }

  private PostgresDatabase database(String name) {
    return PostgresDatabase.of(
        PostgresConnection.of(server.jdbcUrl(name))
            .withUser(server.superuser())
            .withPassword(server.password()));
  }

  @Test
  void pgDumpIsKilled(@TempDir Path storage) throws IOException {
    AtomicBoolean killed = new AtomicBoolean();
    BackupOutcome outcome =
        backups(LARGE, storage, atFirstProgress(killed, CrashIT::killChildren))
            .backup(Trigger.MANUAL);

    assertThat(killed).isTrue();
    assertThat(outcome).isInstanceOf(BackupOutcome.Failed.class);
    assertThat(visibleDumps(storage)).isEmpty();
    assertTheNextRunCleansUp(LARGE, storage, "pg_dump killed");
  }

  @Test
  void theServerIsKilled(@TempDir Path storage) throws IOException {
    AtomicBoolean killed = new AtomicBoolean();
    BackupOutcome outcome =
        backups(LARGE, storage, atFirstProgress(killed, server::kill)).backup(Trigger.MANUAL);
    server.restart();

    assertThat(killed).isTrue();
    assertThat(outcome).isInstanceOf(BackupOutcome.Failed.class);
    assertThat(visibleDumps(storage)).isEmpty();
    assertTheNextRunCleansUp(LARGE, storage, "server killed");
  }

  private static BackupListener atFirstProgress(AtomicBoolean done, Runnable kill) {
    return event -> {
      if (event instanceof BackupEvent.Progressed && done.compareAndSet(false, true)) {
        kill.run();
      }
    };
  }

  private static void killChildren() {
    ProcessHandle.current()
        .descendants()
        .filter(CrashIT::isDumper)
        .forEach(ProcessHandle::destroyForcibly);
  }

  private static boolean isDumper(ProcessHandle process) {
    return process.info().command().orElse("").endsWith("pg_dump");
  }
}
