package com.conitrack.backup.examples;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.restore.RestoreOutcome;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two plain copies, one damaged where no compression notices: the other one is restored, and the
 * damage is known from then on.
 */
class DamagedCopyIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();

  @TempDir Path first;
  @TempDir Path second;

  private ConitrackBackup backups;
  private Manifest manifest;

  @BeforeEach
  void takeABackup() throws SQLException {
    String source = SERVER.freshDatabase();
    SERVER.execute(
        source,
        "CREATE TABLE lote AS SELECT n AS id, repeat('codigo', 20) AS codigo"
            + " FROM generate_series(1, 5000) n");
    backups =
        ConitrackBackup.builder()
            .database(database(source))
            .storage(FileSystemStorage.at("first", first))
            .storage(FileSystemStorage.at("second", second))
            .policy(Policies.WITHOUT_RULES)
            .codecs()
            .build();
    manifest = backups.backup(Trigger.MANUAL).orThrow();
  }

  @Test
  void sqlThatTheServerCannotReadIsBlamedOnTheCopy() throws IOException, SQLException {
    alter(first, "CREATE TABLE public.lote", "CREATE TABEL public.lote");
    assertRestoredFromTheSecond();
  }

  @Test
  void rowsThatWereAlteredAreNotLoaded() throws IOException, SQLException {
    alter(first, "\n4999\tcodigo", "\n4999\tcodigO");
    assertRestoredFromTheSecond();
  }

  @Test
  void withoutAHealthyCopyTheTargetStaysEmpty() throws IOException, SQLException {
    alter(first, "CREATE TABLE public.lote", "CREATE TABEL public.lote");
    alter(second, "\n4999\tcodigo", "\n4999\tcodigO");
    String target = SERVER.freshDatabase();

    RestoreOutcome outcome = backups.restoreTo(manifest.id(), database(target));

    assertThat(outcome).isInstanceOf(RestoreOutcome.Failed.class);
    assertThat(database(target).inspector().userObjects()).isEmpty();
    assertThat(copy(manifest.id(), "first").proved()).isFalse();
    assertThat(copy(manifest.id(), "second").proved()).isFalse();
  }

  private void assertRestoredFromTheSecond() throws SQLException {
    String target = SERVER.freshDatabase();
    RestoreOutcome outcome = backups.restoreTo(manifest.id(), database(target));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            RestoreOutcome.Equal.class, equal -> assertThat(equal.storage()).isEqualTo("second"));
    assertThat(outcome.remarks()).anyMatch(remark -> remark.contains("storage 'first'"));
    assertThat(copy(manifest.id(), "first").proved()).isFalse();
    assertThat(copy(manifest.id(), "second").proved()).isTrue();
  }

  private CopyState copy(BackupId id, String storage) {
    CatalogueEntry entry = backups.catalogue().find(id).orElseThrow();
    return entry.copies().stream()
        .filter(copy -> copy.storage().equals(storage))
        .findFirst()
        .orElseThrow();
  }

  private void alter(Path directory, String text, String other) throws IOException {
    Path dump = directory.resolve(manifest.dump().key());
    String content = Files.readString(dump, ISO_8859_1);
    assertThat(content).contains(text);
    Files.writeString(dump, content.replace(text, other), ISO_8859_1);
  }

  private static Database database(String name) {
    return PostgresDatabase.of(
        PostgresConnection.of(SERVER.jdbcUrl(name))
            .withUser(SERVER.superuser())
            .withPassword(SERVER.password()));
  }
}
