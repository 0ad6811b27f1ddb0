package com.conitrack.backup.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.port.BackupListener;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseDescription;
import com.conitrack.backup.core.port.DumpRequest;
import com.conitrack.backup.core.production.ApplicationHooks;
import com.conitrack.backup.core.production.ProductionOutcome;
import com.conitrack.backup.core.production.RestoreOrder;
import com.conitrack.backup.core.production.RestorePlan;
import com.conitrack.backup.core.production.RestoreRecord;
import com.conitrack.backup.core.production.RestoreRequest;
import com.conitrack.backup.core.production.RestoreStrategy;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.database.SampleSchemas;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Restores over databases in use, on a real server. */
@TestInstance(Lifecycle.PER_CLASS)
class ProductionRestoreIT {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private static final String FURTHER =
      """
      CREATE ROLE %1$s_owner; CREATE ROLE %1$s_app;
      CREATE SCHEMA ventas AUTHORIZATION %1$s_owner;
      CREATE TABLE ventas.pedido (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, total int, doble int GENERATED ALWAYS AS (total * 2) STORED);
      ALTER TABLE ventas.pedido OWNER TO %1$s_owner;
      GRANT SELECT ON ventas.pedido TO %1$s_app;
      INSERT INTO ventas.pedido (total) VALUES (7), (8);
      CREATE PUBLICATION pub_%1$s FOR TABLE ventas.pedido;
      CREATE FUNCTION ventas.nota() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
      CREATE EVENT TRIGGER aviso ON ddl_command_end EXECUTE FUNCTION ventas.nota();
      SELECT lo_from_bytea(0, '\\xdeadbeef');
      ALTER DATABASE %1$s OWNER TO %1$s_owner;
      ALTER DATABASE %1$s SET work_mem = '5MB';
      ALTER DATABASE %1$s CONNECTION LIMIT 44;
      ALTER ROLE %1$s_app IN DATABASE %1$s SET statement_timeout = '9s';
      GRANT CONNECT ON DATABASE %1$s TO %1$s_app;
      REVOKE CONNECT ON DATABASE %1$s FROM PUBLIC;
      COMMENT ON DATABASE %1$s IS 'the stock of the plant';
      """;

  private static final String SETTINGS =
      """
      SELECT pg_get_userbyid(d.datdba), d.datconnlimit, d.datacl::text, shobj_description(d.oid, 'pg_database'),
             (SELECT string_agg(setrole::regrole || setconfig::text, ';' ORDER BY setrole) FROM pg_db_role_setting WHERE setdatabase = d.oid)
        FROM pg_database d WHERE datname = current_database()
      """;

  @TempDir Path storage;
  private PostgresFixture server;
  private String name;
  private Manifest backup;
  private Fingerprint old;

  @BeforeAll
  void start() {
    server = PostgresFixture.start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @BeforeEach
  void backUpAndGoOnWorking() {
    name = "plant" + NUMBERS.incrementAndGet();
    SampleSchemas.create(server, name, SampleSchemas.conitrack());
    server.execute(name, FURTHER.formatted(name));
    backup = backups(event -> {}).backup(Trigger.MANUAL).orThrow();
    server.execute(
        name,
        "INSERT INTO ventas.pedido (total) VALUES (9); CREATE TABLE since (id int);"
            + " CREATE SCHEMA another; CREATE VIEW another.v AS SELECT 1 AS one;"
            + " SELECT lo_from_bytea(0, '\\x00'); GRANT CREATE ON SCHEMA public TO PUBLIC;"
            + " ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC");
    old = fingerprint(name);
  }

  @ParameterizedTest
  @EnumSource(RestoreStrategy.class)
  void theDatabaseIsTheBackupsAndKeepsWhatBelongsToItsName(RestoreStrategy strategy)
      throws SQLException {
    List<String> settings = settings();

    RestoreRecord record = restored(strategy);

    assertThat(fingerprint(name)).isEqualTo(backup.contents());
    assertThat(settings()).isEqualTo(settings);
    assertThat(databases()).hasSize(strategy == RestoreStrategy.SWAP ? 2 : 1);
    assertThat(record.steps()).allSatisfy(step -> assertThat(step.detail()).isNotEmpty());
  }

  @Test
  void goingBackGivesTheOldOneWithItsSettings() throws SQLException {
    List<String> settings = settings();
    restored(RestoreStrategy.SWAP);

    backups(event -> {}).rollbackRestore(name, "wrong one", ApplicationHooks.NONE);

    assertThat(fingerprint(name)).isEqualTo(old);
    assertThat(settings()).isEqualTo(settings);
  }

  @Test
  void connectionsThatKeepArrivingDoNotStopTheSwap() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    AtomicInteger connected = new AtomicInteger();
    List<Thread> clients =
        List.of(1, 2, 3).stream().map(i -> new Thread(() -> connect(done, connected))).toList();
    clients.forEach(Thread::start);
    try {
      restored(RestoreStrategy.SWAP);
    } finally {
      done.set(true);
      for (Thread client : clients) {
        client.join();
      }
    }

    assertThat(connected).hasPositiveValue();
    assertThat(fingerprint(name)).isEqualTo(backup.contents());
  }

  private void connect(AtomicBoolean done, AtomicInteger connected) {
    while (!done.get()) {
      try (Connection connection = server.connect(name);
          Statement statement = connection.createStatement()) {
        statement.execute("SELECT count(*) FROM ventas.pedido");
        connected.incrementAndGet();
      } catch (SQLException e) {
        // Refused or ended while the names are exchanged: the client tries again.
      }
    }
  }

  @Test
  void writesAfterTheSafetyBackupAreFoundAndTold() {
    RestorePlan plan = plan(RestoreStrategy.SWAP);
    BackupListener writing =
        event -> {
          if (event instanceof BackupEvent.RestoreStep at && at.step().equals("create database")) {
            server.execute(name, "INSERT INTO ventas.pedido (total) VALUES (10)");
          }
        };

    ProductionOutcome outcome = backups(writing).restore(RestoreOrder.of(plan, name));

    assertThat(outcome.remarks())
        .anyMatch(
            text -> text.contains("after the safety backup") && text.contains("ventas.pedido"));
  }

  @Test
  void othersWhoMayBeWritingKeepATransactionFromReplacing() throws SQLException {
    RestorePlan plan = plan(RestoreStrategy.IN_ONE_TRANSACTION);
    try (Connection other = server.connect(name)) {
      assertThat(other.isValid(5)).isTrue();

      ProductionOutcome outcome = backups(event -> {}).restore(RestoreOrder.of(plan, name));

      assertThat(((ProductionOutcome.Failed) outcome).failure())
          .hasMessageContaining("others are connected");
    }
    assertThat(fingerprint(name)).isEqualTo(old);
  }

  private RestoreRecord restored(RestoreStrategy strategy) {
    ProductionOutcome outcome = backups(event -> {}).restore(RestoreOrder.of(plan(strategy), name));
    assertThat(outcome).as("%s", outcome).isInstanceOf(ProductionOutcome.Restored.class);
    return ((ProductionOutcome.Restored) outcome).record();
  }

  private RestorePlan plan(RestoreStrategy strategy) {
    RestorePlan plan =
        backups(event -> {})
            .planRestore(RestoreRequest.of(backup.id()).because("a test").by(strategy));
    assertThat(plan.obstacles()).isEmpty();
    return plan;
  }

  private List<String> settings() throws SQLException {
    try (Connection connection = server.connect(name);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SETTINGS)) {
      row.next();
      return List.of(
          row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5));
    }
  }

  private List<String> databases() {
    return database(name).server().databases().stream()
        .map(DatabaseDescription::name)
        .filter(each -> each.equals(name) || each.startsWith(name + "_"))
        .toList();
  }

  private Fingerprint fingerprint(String which) {
    DumpInspector inspector = new DumpInspector();
    database(which)
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

  private ConitrackBackup backups(BackupListener listener) {
    return ConitrackBackup.builder()
        .database(database(name))
        .storage(FileSystemStorage.at("local", storage))
        .listener(listener)
        .build();
  }

  private Database database(String which) {
    return PostgresDatabase.of(
        PostgresConnection.of(server.jdbcUrl(which))
            .withUser(server.superuser())
            .withPassword(server.password()));
  }
}
