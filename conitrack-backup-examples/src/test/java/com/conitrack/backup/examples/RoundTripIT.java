package com.conitrack.backup.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.codec.ZstdCodec;
import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.codec.GzipCodec;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.TableKind;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.StreamCodec;
import com.conitrack.backup.core.restore.RestoreOutcome;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.database.DatabaseContents;
import com.conitrack.backup.testsupport.database.SampleSchemas;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole databases, from dump to restore, held against what the server itself counts and digests.
 */
class RoundTripIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();

  static Stream<Arguments> databases() {
    return Stream.of(
        Arguments.of("conitrack", SampleSchemas.conitrack(), "", GzipCodec.fast()),
        Arguments.of("hostile", SampleSchemas.hostile(), "", ZstdCodec.create()),
        Arguments.of(
            "hostile_settings",
            SampleSchemas.hostile(),
            SampleSchemas.hostileSettings(),
            GzipCodec.level(9)),
        Arguments.of("nothing", "SELECT 1", "", GzipCodec.fast()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("databases")
  void whatIsRestoredIsWhatWasThere(
      String name, String sql, String settings, StreamCodec codec, @TempDir Path directory)
      throws SQLException {
    String source = "round_trip_" + name;
    SampleSchemas.create(SERVER, source, sql);
    if (!settings.isEmpty()) {
      SERVER.execute(source, settings);
    }
    ConitrackBackup backups =
        ConitrackBackup.builder()
            .database(database(source))
            .storage(FileSystemStorage.at("local", directory))
            .policy(Policies.WITHOUT_RULES)
            .codecs(codec)
            .build();

    Manifest manifest = backups.backup(Trigger.MANUAL).orThrow();

    assertThat(totalRows(manifest)).isEqualTo(countedRows(source));
    assertThat(backups.verifyAll(VerificationLevel.CONTENT).proved()).isTrue();
    String target = SERVER.freshDatabase();
    RestoreOutcome outcome = backups.restoreTo(manifest.id(), database(target));
    assertThat(outcome).isInstanceOf(RestoreOutcome.Equal.class);
    assertThat(contents(target)).isEqualTo(contents(source));
  }

  private static Database database(String name) {
    return PostgresDatabase.of(
        PostgresConnection.of(SERVER.jdbcUrl(name))
            .withUser(SERVER.superuser())
            .withPassword(SERVER.password()));
  }

  private static Map<TableName, Long> totalRows(Manifest manifest) {
    Map<TableName, Long> rows = new TreeMap<>();
    for (TableFingerprint table : manifest.contents().tables()) {
      // A foreign table's rows live elsewhere and are not in the dump.
      if (table.kind() != TableKind.FOREIGN) {
        rows.put(table.name(), table.totalRows());
      }
    }
    return rows;
  }

  private static Map<TableName, Long> countedRows(String database) throws SQLException {
    try (Connection connection = SERVER.connect(database)) {
      return DatabaseContents.totalRowCounts(connection);
    }
  }

  private static DatabaseContents contents(String database) throws SQLException {
    try (Connection connection = SERVER.connect(database)) {
      return DatabaseContents.of(connection);
    }
  }
}
