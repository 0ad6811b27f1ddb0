package com.conitrack.backup.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupListener;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.production.ProductionOutcome;
import com.conitrack.backup.core.production.RestoreOrder;
import com.conitrack.backup.core.production.RestorePlan;
import com.conitrack.backup.core.production.RestoreRequest;
import com.conitrack.backup.core.production.RestoreStrategy;
import com.conitrack.backup.core.restore.RestoreOutcome;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * A schema of more tables than the server's lock table holds in one transaction: as thousands are
 * with the settings as they come, and some hundreds with these.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ManyTablesRestoreIT {
  private static final int TABLES = 400;
  private static final String DATABASE = "warehouse";

  @TempDir static Path first;
  @TempDir static Path second;
  private PostgresFixture server;
  private Manifest backup;

  @BeforeAll
  void fill() {
    server =
        PostgresFixture.builder()
            .setting("max_connections", "20")
            .setting("max_locks_per_transaction", "10")
            .start();
    server.createDatabase(DATABASE);
    server.execute(
        DATABASE,
        """
        DO $$ BEGIN
          FOR i IN 1..%d LOOP
            EXECUTE format('CREATE TABLE lote_%%s (id int PRIMARY KEY, codigo text)', i);
            EXECUTE format('INSERT INTO lote_%%s VALUES (%%s, ''L-%%s'')', i, i, i);
            IF i %% 50 = 0 THEN COMMIT; END IF;
          END LOOP;
        END $$"""
            .formatted(TABLES));
    backup = backups(event -> {}).backup(Trigger.MANUAL).orThrow();
    server.execute(DATABASE, "INSERT INTO lote_1 VALUES (0, 'written since')");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** The first copy fails late: what it left must not stand in the way of the second. */
  @Test
  void replacesThemThoughTheFirstCopyIsDamaged() {
    RestorePlan plan =
        backups(event -> {})
            .planRestore(RestoreRequest.of(backup.id()).because("a test").by(RestoreStrategy.SWAP));
    BackupListener damaging =
        event -> {
          if (event instanceof BackupEvent.RestoreStep at && at.step().equals("create database")) {
            damage(first.resolve(backup.dump().key()));
          }
        };

    ProductionOutcome outcome = backups(damaging).restore(RestoreOrder.of(plan, DATABASE));

    assertThat(outcome).as("%s", outcome).isInstanceOf(ProductionOutcome.Restored.class);
    assertThat(outcome.remarks()).anyMatch(remark -> remark.contains("storage 'first'"));
    assertThat(Restorer.dumpAgain(database(DATABASE)).fingerprint()).isEqualTo(backup.contents());
    assertThat(backup.contents().tables()).hasSize(TABLES);
  }

  /** It loads beside an empty database, so that it does not need a single transaction either. */
  @Test
  void recreatesThemWithTheSameSettings() {
    server.execute(DATABASE, "INSERT INTO lote_2 VALUES (0, 'written since')");
    RestorePlan plan =
        backups(event -> {})
            .planRestore(
                RestoreRequest.of(backup.id()).because("a test").by(RestoreStrategy.RECREATE));

    ProductionOutcome outcome = backups(event -> {}).restore(RestoreOrder.of(plan, DATABASE));

    assertThat(outcome).as("%s", outcome).isInstanceOf(ProductionOutcome.Restored.class);
    assertThat(Restorer.dumpAgain(database(DATABASE)).fingerprint()).isEqualTo(backup.contents());
  }

  /** A database that is not ours is loaded whole or not at all, and the setting is named. */
  @Test
  void aDatabaseOfTheUsersOwnStaysEmptyAndTheFixIsSaid() {
    String target = server.freshDatabase();

    RestoreOutcome outcome = backups(event -> {}).restoreTo(backup.id(), database(target));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            RestoreOutcome.Failed.class,
            failed -> assertThat(failed.failure().hint()).contains("max_locks_per_transaction"));
    assertThat(database(target).inspector().userObjects()).isEmpty();
  }

  private static void damage(Path dump) {
    try {
      String content = Files.readString(dump, ISO_8859_1);
      String row = "\n99\tL-99\n"; // The last table's, as they are in order of their names.
      assertThat(content).contains(row);
      Files.writeString(dump, content.replace(row, "\n99\tX-99\n"), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ConitrackBackup backups(BackupListener listener) {
    return ConitrackBackup.builder()
        .database(database(DATABASE))
        .storage(FileSystemStorage.at("first", first))
        .storage(FileSystemStorage.at("second", second))
        .policy(Policies.WITHOUT_RULES)
        .codecs()
        .listener(listener)
        .build();
  }

  private Database database(String name) {
    return PostgresDatabase.of(
        PostgresConnection.of(server.jdbcUrl(name))
            .withUser(server.superuser())
            .withPassword(server.password()));
  }
}
