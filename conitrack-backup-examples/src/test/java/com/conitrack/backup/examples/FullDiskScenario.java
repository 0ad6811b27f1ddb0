package com.conitrack.backup.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupListener;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseDescription;
import com.conitrack.backup.core.production.ApplicationHooks;
import com.conitrack.backup.core.production.ProductionOutcome;
import com.conitrack.backup.core.production.RestoreOrder;
import com.conitrack.backup.core.production.RestoreRecord;
import com.conitrack.backup.core.production.RestoreRequest;
import com.conitrack.backup.core.production.RestoreStatus;
import com.conitrack.backup.core.production.RestoreStrategy;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import com.conitrack.backup.testsupport.postgres.PostgresFixture.StopMode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What {@link FullDiskIT} does on its drives; says how each restore ended. */
final class FullDiskScenario {
  private static final String DATABASE = "production";
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** With its index some 20 MB: the drive has room for that and two empty databases. */
  private static final String TABLE =
      """
      CREATE TABLE movimiento (id int PRIMARY KEY, nota text);
      INSERT INTO movimiento SELECT n, repeat(md5(n::text), 6) FROM generate_series(1, 80000) n;
      """;

  /** Keeps the drive for databases small, until it is the other one's turn. */
  private static final long RESERVE_BYTES = 118L << 20;

  private final PostgresFixture server;
  private final Path data;
  private final Path wal;
  private final Path storage;
  private final Manifest backup;
  private Fingerprint old;

  private FullDiskScenario(PostgresFixture server, Path data, Path wal, Path storage)
      throws Exception {
    this.server = server;
    this.data = data;
    this.wal = wal;
    this.storage = Files.createDirectories(storage);
    moveWal();
    write(data.resolve("reserve"), RESERVE_BYTES);
    Path space = Files.createDirectory(data.resolve("space"));
    Files.setOwner(space, Files.getOwner(server.dataDirectory())); // The server insists.
    server.execute("postgres", "CREATE TABLESPACE small LOCATION '" + space + "'");
    server.execute("postgres", "CREATE DATABASE " + DATABASE + " TABLESPACE small");
    server.execute(DATABASE, TABLE);
    backup = backups(event -> {}).backup(Trigger.MANUAL).orThrow();
    server.execute(DATABASE, "INSERT INTO movimiento VALUES (0, 'written since')");
    old = fingerprint();
  }

  /** Arguments: drive for databases, drive for WAL, directory for the backups. */
  public static void main(String[] args) throws Exception {
    try (PostgresFixture server =
        PostgresFixture.builder()
            .setting("wal_recycle", "off")
            .setting("min_wal_size", "32MB")
            .setting("max_wal_size", "48MB")
            .start()) {
      FullDiskScenario scenario =
          new FullDiskScenario(server, Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
      scenario.noRoomForASecond();
      scenario.recreatingMeetsAFullDisk();
      Files.delete(scenario.data.resolve("reserve"));
      for (RestoreStrategy strategy : RestoreStrategy.values()) {
        scenario.noRoomForWal(strategy);
      }
    }
  }

  private void moveWal() throws Exception {
    server.stop(StopMode.FAST);
    Path inside = server.dataDirectory().resolve("pg_wal");
    Process copy =
        new ProcessBuilder(
                "sh",
                "-c",
                "cp -a \"$0\" \"$1\" && rm -r \"$0\" && ln -s \"$1\"/pg_wal \"$0\"",
                inside.toString(),
                wal.toString())
            .inheritIO()
            .start();
    assertThat(copy.waitFor()).isZero();
    server.restart();
  }

  private void noRoomForASecond() {
    for (RestoreStrategy strategy : RestoreStrategy.values()) {
      String told = ended(restore(strategy, event -> {}), "untouched");
      boolean replaced = fingerprint().equals(backup.contents());
      assertThat(replaced || fingerprint().equals(old)).isTrue();
      tell(strategy, "no room for a second database", replaced ? "restored" : told);
      putBack(replaced);
    }
  }

  private void recreatingMeetsAFullDisk() {
    ProductionOutcome outcome =
        restore(RestoreStrategy.RECREATE, at("load and compare", () -> fill(data)));
    tell(RestoreStrategy.RECREATE, "full once the old one is deleted", ended(outcome, "EMPTY"));

    RestoreStatus still = backups(event -> {}).restoreStatus(ApplicationHooks.NONE);
    assertThat(still.settled()).anyMatch(text -> text.contains("EMPTY"));
    assertThat(database().inspector().userObjects()).isEmpty();
    tell(RestoreStrategy.RECREATE, "still full", "EMPTY");

    empty(data);
    RestoreStatus mended = backups(event -> {}).restoreStatus(ApplicationHooks.NONE);
    assertThat(last(mended).state()).isEqualTo(RestoreRecord.State.PASSED);
    assertThat(fingerprint()).isEqualTo(backup.contents());
    tell(RestoreStrategy.RECREATE, "there is room", "the backup's");
    putBack(true);
  }

  /** Mostly the server panics, and does not come up again before there is room. */
  private void noRoomForWal(RestoreStrategy strategy) throws Exception {
    String step =
        strategy == RestoreStrategy.IN_ONE_TRANSACTION
            ? "replace in one transaction"
            : "load and compare";
    ProductionOutcome outcome;
    AtomicBoolean ended = new AtomicBoolean();
    try (Connection witness = server.connect("postgres")) {
      FutureTask<Void> operator =
          new FutureTask<>(() -> makeRoomOnceItIsDown(witness, ended), null);
      Runnable fill =
          () -> {
            fillWal();
            new Thread(operator, "operator").start();
          };
      outcome = restore(strategy, at(step, fill));
      ended.set(true);
      operator.get(PATIENCE.toMinutes(), TimeUnit.MINUTES);
    }
    RestoreStatus status = backups(event -> {}).restoreStatus(ApplicationHooks.NONE);

    assertThat(last(status).open()).isFalse();
    assertThat(databases()).containsExactly(DATABASE);
    boolean replaced = fingerprint().equals(backup.contents());
    assertThat(replaced || fingerprint().equals(old)).as("%s", outcome).isTrue();
    if (strategy == RestoreStrategy.RECREATE) {
      tell(strategy, "no room for WAL", "whole");
    } else {
      assertThat(replaced).isFalse();
      tell(strategy, "no room for WAL", "the old one");
    }
    putBack(replaced);
  }

  /**
   * Leaves the server the rest of one segment, which is less than any restore here writes: no
   * segment that was made beforehand, and none that a checkpoint could delete meanwhile. One that
   * is deleted takes its room until the last process has closed it: the WAL writer does when it has
   * something to write, and what becomes free later is filled, too.
   */
  private void fillWal() {
    server.execute("postgres", "CHECKPOINT");
    server.execute("postgres", "SELECT pg_switch_wal()");
    server.execute("postgres", "CHECKPOINT");
    server.execute("postgres", "SET synchronous_commit = off; SELECT txid_current()");
    fill(wal);
  }

  /**
   * A session that stands tells of a panic, whereas the server may have recovered between looks.
   * Outside of critical sections, as in CREATE DATABASE, want of room is a mere error.
   */
  private void makeRoomOnceItIsDown(Connection witness, AtomicBoolean ended) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> {
              fill(wal);
              return ended.get() || !witness.isValid(0);
            });
    empty(wal);
    // While it recovers: a fast shutdown that comes before redo begins waits for ever.
    server.stop(StopMode.IMMEDIATE);
    server.restart();
  }

  private BackupListener at(String step, Runnable act) {
    return event -> {
      if (event instanceof BackupEvent.RestoreStep at && at.step().equals(step)) {
        act.run();
      }
    };
  }

  private ProductionOutcome restore(RestoreStrategy strategy, BackupListener listener) {
    return backups(listener)
        .restore(
            RestoreOrder.of(
                backups(event -> {})
                    .planRestore(
                        RestoreRequest.of(backup.id()).because("a full disk").by(strategy)),
                DATABASE));
  }

  private String ended(ProductionOutcome outcome, String word) {
    if (outcome instanceof ProductionOutcome.Failed failed) {
      String production = failed.production();
      assertThat(production).contains(word);
      return failed.failure().kind()
          + "; "
          + (word.equals("EMPTY") ? word : production)
          + "; "
          + safetyBackup();
    }
    return "restored";
  }

  private String safetyBackup() {
    CatalogueEntry newest = backups(event -> {}).catalogue().entries().get(0);
    assertThat(newest.manifest().trigger()).isEqualTo(Trigger.PRE_RESTORE);
    assertThat(newest.provedCopies()).isEqualTo(1);
    return "safety backup proved";
  }

  private void putBack(boolean replaced) {
    if (replaced) {
      server.execute(DATABASE, "INSERT INTO movimiento VALUES (0, 'written since')");
      old = fingerprint();
    }
    assertThat(databases()).containsExactly(DATABASE);
    server.execute("postgres", "CHECKPOINT");
  }

  private static RestoreRecord last(RestoreStatus status) {
    return status.records().get(status.records().size() - 1);
  }

  private static void tell(RestoreStrategy strategy, String what, String how) {
    System.out.println(strategy + ", " + what + ": " + how);
  }

  private static void fill(Path drive) {
    write(drive.resolve("ballast"), Long.MAX_VALUE);
  }

  /** As much of it as there is room for, after what is there. */
  private static void write(Path file, long bytes) {
    byte[] block = new byte[4096];
    try (OutputStream sink =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (long written = 0; written < bytes; written += block.length) {
        sink.write(block);
      }
    } catch (IOException e) {
      // Full, as it should be.
    }
  }

  private static void empty(Path drive) {
    try {
      Files.delete(drive.resolve("ballast"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Fingerprint fingerprint() {
    return Restorer.dumpAgain(database()).fingerprint();
  }

  private List<String> databases() {
    return database().server().databases().stream()
        .map(DatabaseDescription::name)
        .filter(name -> name.startsWith(DATABASE))
        .toList();
  }

  private ConitrackBackup backups(BackupListener listener) {
    return ConitrackBackup.builder()
        .database(database())
        .storage(FileSystemStorage.at("local", storage))
        .listener(listener)
        .build();
  }

  private Database database() {
    return PostgresDatabase.of(
        PostgresConnection.of(server.jdbcUrl(DATABASE))
            .withUser(server.superuser())
            .withPassword(server.password()));
  }
}
