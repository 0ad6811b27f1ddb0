package com.conitrack.backup.flyway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.SchemaChange;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.ConfigurationException;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import com.conitrack.backup.testsupport.storage.Fault;
import com.conitrack.backup.testsupport.storage.FaultyStorage;
import com.conitrack.backup.testsupport.storage.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gate with Flyway, pg_dump and a server that are real. */
@Timeout(300)
class MigrationGateIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();

  @TempDir private Path directory;
  private Path scripts;
  private Path objects;
  private String database;
  private FaultyStorage storage;

  @BeforeEach
  void aDatabaseInUse() throws IOException {
    scripts = Files.createDirectory(directory.resolve("scripts"));
    objects = Files.createDirectory(directory.resolve("objects"));
    storage = new FaultyStorage(FileSystemStorage.at("nas", objects));
    database = SERVER.freshDatabase();
    script("V1__lots.sql", "CREATE TABLE lotes (id int PRIMARY KEY); INSERT INTO lotes VALUES (1)");
    flyway().load().migrate();
  }

  @Test
  void takesAProvedBackupFirstAndSaysWhatIsPending() throws IOException {
    script("V2__more.sql", "INSERT INTO lotes VALUES (2)");
    script("V3__more.sql", "INSERT INTO lotes VALUES (3)");

    gate().migrate(flyway().load());

    Manifest backup = onlyBackup();
    assertThat(backup.trigger()).isEqualTo(Trigger.PRE_CHANGE);
    assertThat(backup.contents().rows()).as("of lotes and the history").isEqualTo(2);
    assertThat(backup.database().schemaVersion()).isEqualTo("1");
    assertThat(backup.reason())
        .startsWith("Flyway: version 1 to 3: V2__more.sql (checksum ")
        .contains("V3__more.sql (checksum ");
    SchemaChange change = Objects.requireNonNull(backup.change());
    assertThat(change.versions()).isEqualTo("version 1 to 3");
    assertThat(change.pendingScripts())
        .extracting(SchemaChange.Script::name)
        .containsExactly("V2__more.sql", "V3__more.sql");
    assertThat(change.pendingScripts()).noneMatch(each -> each.checksum() == null);
    assertThat(rows()).isEqualTo(3);
  }

  @Test
  void takesNoneWhereNothingIsPending() {
    gate().migrate(flyway().load());

    assertThat(catalogue()).isEmpty();
  }

  @Test
  void takesOneForARepeatableScriptThatChanged() throws IOException {
    script("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS one");
    gate().migrate(flyway().load());
    gate().migrate(flyway().load());
    assertThat(catalogue()).hasSize(1);

    script("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 2 AS one");
    gate().migrate(flyway().load());

    assertThat(catalogue()).hasSize(2);
    assertThat(catalogue().get(0).manifest().reason()).contains("R__view.sql");
  }

  @Test
  void takesOneBeforeABaseline() throws IOException {
    SERVER.execute(database, "DROP TABLE flyway_schema_history");
    script("V2__more.sql", "INSERT INTO lotes VALUES (2)");

    gate().migrate(flyway().baselineOnMigrate(true).load());

    assertThat(onlyBackup().contents().rows()).isEqualTo(1);
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void migratesAnEmptyDatabaseWithoutOneAndRecordsThat() {
    database = SERVER.freshDatabase();

    gate().migrate(flyway().load());

    assertThat(catalogue()).isEmpty();
    assertThat(migrations())
        .singleElement()
        .satisfies(entry -> assertThat(entry.outcome()).isEqualTo("FIRST_INSTALLATION"));
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void doesNotMigrateWithoutAProvedBackup() throws IOException {
    script("V2__more.sql", "INSERT INTO lotes VALUES (2)");
    storage.add(new Fault.FailFrom(Operation.BEGIN, 1, ErrorKind.FULL));

    assertThatThrownBy(() -> gate().migrate(flyway().load()))
        .isInstanceOf(MigrationRefusedException.class)
        .hasMessageContaining("no proved backup could be taken first")
        .hasMessageContaining("nothing was migrated, 1 scripts stay pending");

    assertThat(rows()).isEqualTo(1);
    assertThat(flyway().load().info().pending()).hasSize(1);
  }

  @Test
  void migratesWithoutOneOnlyForAReasonInWords() throws IOException {
    script("V2__more.sql", "INSERT INTO lotes VALUES (2)");
    MigrationGate strict =
        MigrationGate.of(backups(BackupPolicy.defaults().toBuilder().minimumTables(99).build()));
    assertThatThrownBy(() -> strict.migratingWithoutBackup("true"))
        .isInstanceOf(ConfigurationException.class);
    assertThatThrownBy(() -> strict.migrate(flyway().load()))
        .isInstanceOf(MigrationRefusedException.class);

    strict.migratingWithoutBackup("ticket 7: approved by M. Gomez").migrate(flyway().load());

    assertThat(rows()).isEqualTo(2);
    assertThat(migrations())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.outcome()).isEqualTo("WITHOUT_BACKUP");
              assertThat(entry.details().get("reason"))
                  .contains("ticket 7: approved by M. Gomez")
                  .contains("V2__more.sql");
            });
  }

  @Test
  void tellsTheWayBackWhenAMigrationFails() throws IOException {
    script("V2__bad.sql", "DELETE FROM lotes; SELECT 1/0");

    Throwable failure = catchThrowable(() -> gate().migrate(flyway().load()));

    assertThat(failure)
        .isInstanceOf(MigrationFailedException.class)
        .hasMessageContaining("V2__bad.sql")
        .hasMessageEndingWith(
            "conitrack-backup restore run --backup "
                + onlyBackup().id()
                + " --target "
                + database
                + " --reason \"a migration went wrong\" --yes");
  }

  @Test
  void tellsHowToPlanTheWayBackWherePeopleMustAgree() throws IOException {
    script("V2__bad.sql", "SELECT 1/0");
    BackupPolicy policy =
        BackupPolicy.defaults().toBuilder().restore(BackupPolicy.sop001().restore()).build();

    assertThatThrownBy(() -> MigrationGate.of(backups(policy)).migrate(flyway().load()))
        .hasMessageContaining("a restore needs approval and confirmations; plan the way back")
        .hasMessageContaining("conitrack-backup restore plan " + onlyBackup().id() + " --reason");
  }

  /**
   * As Spring Modulith does: a Flyway for each module, made of one that finds all their scripts.
   */
  @Test
  void standsBeforeFlywaysThatAreMadeOfTheOneGiven() throws IOException {
    for (String module : List.of("first", "second")) {
      Files.createDirectory(scripts.resolve(module));
      script(module + "/V2__" + module + ".sql", "CREATE TABLE " + module + " (id int)");
    }

    gate().migrate(flyway().load(), this::migrateModules);

    assertThat(onlyBackup().reason()).contains("V2__first.sql");
    assertThat(onlyBackup().contents().tables()).noneMatch(table -> isOfAModule(table.name()));

    script("second/V3__bad.sql", "SELECT 1/0");
    storage.add(new Fault.FailFrom(Operation.BEGIN, 1, ErrorKind.CONNECTION));
    assertThatThrownBy(() -> gate().migrate(flyway().load(), this::migrateModules))
        .hasStackTraceContaining("no proved backup could be taken first");
  }

  private static boolean isOfAModule(TableName table) {
    return table.toString().matches("public\\.(first|second)");
  }

  private void migrateModules(Flyway given) {
    for (String module : List.of("first", "second")) {
      Flyway.configure()
          .configuration(given.getConfiguration())
          .locations("filesystem:" + scripts.resolve(module))
          .table("history_" + module)
          .baselineOnMigrate(true)
          .baselineVersion("1")
          .load()
          .migrate();
    }
  }

  @Test
  void leavesFlywaysOwnValidationAsItIs() throws IOException {
    script("V1__lots.sql", "SELECT 'changed'");
    script("V2__more.sql", "INSERT INTO lotes VALUES (2)");

    assertThatThrownBy(() -> gate().migrate(flyway().load()))
        .isInstanceOf(FlywayValidateException.class);
  }

  @Test
  void refusesABackupOfAnotherDatabase() throws IOException {
    script("V2__more.sql", "INSERT INTO lotes VALUES (2)");
    MigrationGate gate = gate();
    String other = SERVER.freshCopy(database);

    assertThatThrownBy(
            () ->
                gate.migrate(
                    flyway()
                        .dataSource(SERVER.jdbcUrl(other), SERVER.superuser(), SERVER.password())
                        .load()))
        .isInstanceOf(MigrationRefusedException.class)
        .hasMessageContaining("it is of database '" + database + "'");
  }

  @ParameterizedTest
  @CsvSource({"true, false", "true, true", "false, false"})
  void isNotBlockedByFlywaysLocksAsACallback(String transactionalLock, boolean group)
      throws IOException {
    script("V2__more.sql", "INSERT INTO lotes VALUES (2)");
    // With its lock in a transaction, Flyway itself waits for ever on a concurrent index.
    boolean concurrently = transactionalLock.equals("false");
    String index = concurrently ? "CREATE INDEX CONCURRENTLY" : "CREATE INDEX";
    script("V3__mixed.sql", index + " i ON lotes (id)");

    flyway()
        .configuration(Map.of("flyway.postgresql.transactional.lock", transactionalLock))
        .mixed(true)
        .group(group)
        .callbacks(gate().callback())
        .load()
        .migrate();

    assertThat(onlyBackup().database().schemaVersion()).isEqualTo("1");
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void keepsMigrationsPendingAsACallback() throws IOException {
    script("V2__more.sql", "INSERT INTO lotes VALUES (2)");
    storage.add(new Fault.FailFrom(Operation.BEGIN, 1, ErrorKind.CONNECTION));

    assertThatThrownBy(() -> flyway().callbacks(gate().callback()).load().migrate())
        .hasStackTraceContaining("no proved backup could be taken first");

    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void standsBeforeAFlywayThatOthersMigrateAndAsksOnce() throws IOException {
    MigrationGate gate = gate();
    script("V2__more.sql", "INSERT INTO lotes VALUES (2)");
    Flyway gated = gate.before(flyway().load());

    storage.add(new Fault.FailFrom(Operation.BEGIN, 1, ErrorKind.CONNECTION));
    assertThatThrownBy(gated::migrate).isInstanceOf(MigrationRefusedException.class);
    storage.heal();
    assertThat(gated.migrate().migrationsExecuted).isEqualTo(1);

    assertThat(onlyBackup().reason()).contains("V2__more.sql");
    assertThat(rows()).isEqualTo(2);

    script("V3__more.sql", "INSERT INTO lotes VALUES (3)");
    gate.migrate(gate.before(flyway().load()));
    assertThat(catalogue()).as("one more, not two").hasSize(2);
  }

  /** {@code -Dconitrack.migrations=100} for the long way. */
  @Test
  @Timeout(1800)
  void neverMigratesWithoutAProvedBackupWhateverFails() throws IOException {
    Random random = new Random(7);
    int applied = 1;
    for (int version = 2; version < 2 + Integer.getInteger("conitrack.migrations", 6); version++) {
      script("V" + version + "__more.sql", "INSERT INTO lotes VALUES (" + version + ")");
      int good = catalogue().size();
      Fault fault = fault(random.nextInt(5));
      if (fault != null) {
        storage.add(key -> !key.startsWith("register/"), fault);
      }
      Throwable failure = catchThrowable(() -> gate().migrate(flyway().load()));
      storage.heal();

      boolean backedUp = catalogue().size() > good;
      assertThat(failure == null).as("migrated: %s", failure).isEqualTo(rows() > applied);
      assertThat(backedUp || rows() == applied).as("with " + fault).isTrue();
      gate().migrate(flyway().load());
      applied = version;
      assertThat(rows()).isEqualTo(applied);
    }
  }

  /** Null for none. */
  private Fault fault(int which) {
    return switch (which) {
      case 0 -> new Fault.FailFrom(Operation.BEGIN, 1, ErrorKind.CONNECTION);
      case 1 -> new Fault.FailWriteAfter(100, ErrorKind.FULL);
      case 2 -> new Fault.FailReadAfter(10);
      case 3 -> new Fault.BeforeCommit(this::killDump);
      default -> null;
    };
  }

  private void killDump() {
    SERVER.execute(
        database,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }

  private MigrationGate gate() {
    return MigrationGate.of(backups(BackupPolicy.defaults()));
  }

  private ConitrackBackup backups(BackupPolicy policy) {
    PostgresConnection connection =
        PostgresConnection.of(SERVER.jdbcUrl(database))
            .withUser(SERVER.superuser())
            .withPassword(SERVER.password());
    return ConitrackBackup.builder()
        .database(
            PostgresDatabase.builder(connection).toolsDirectory(SERVER.binDirectory()).build())
        .storage(storage)
        .policy(policy)
        .build();
  }

  private FluentConfiguration flyway() {
    return Flyway.configure()
        .dataSource(SERVER.jdbcUrl(database), SERVER.superuser(), SERVER.password())
        .locations("filesystem:" + scripts);
  }

  private void script(String name, String sql) throws IOException {
    Files.writeString(scripts.resolve(name), sql + ";\n");
  }

  private List<CatalogueEntry> catalogue() {
    return backups(BackupPolicy.defaults()).catalogue().entries().stream()
        .filter(CatalogueEntry::good)
        .toList();
  }

  private Manifest onlyBackup() {
    assertThat(catalogue()).hasSize(1);
    return catalogue().get(0).manifest();
  }

  private List<RegisterEntry> migrations() {
    return backups(BackupPolicy.defaults()).register().entries().stream()
        .filter(entry -> entry.event() == RegisterEvent.MIGRATION)
        .toList();
  }

  private int rows() {
    try (var connection = SERVER.connect(database);
        var statement = connection.createStatement();
        var answer = statement.executeQuery("SELECT count(*) FROM lotes")) {
      answer.next();
      return answer.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
