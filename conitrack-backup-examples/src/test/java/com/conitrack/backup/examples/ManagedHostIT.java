package com.conitrack.backup.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.adopt.AdoptionRequest;
import com.conitrack.backup.core.adopt.AdoptionSource;
import com.conitrack.backup.core.drill.DrillOutcome;
import com.conitrack.backup.core.drill.DrillRequest;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.port.DumpRequest;
import com.conitrack.backup.core.production.ProductionOutcome;
import com.conitrack.backup.core.production.RestoreOrder;
import com.conitrack.backup.core.production.RestorePlan;
import com.conitrack.backup.core.production.RestoreRecord;
import com.conitrack.backup.core.production.RestoreRequest;
import com.conitrack.backup.core.production.RestoreStrategy;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.restore.RestoreOutcome;
import com.conitrack.backup.pg.PostgresConnection;
import com.conitrack.backup.pg.PostgresDatabase;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/**
 * Restores by a user who owns the database and is no superuser, of a backup that a superuser took
 * elsewhere.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ManagedHostIT {
  private static final Set<LeaveOut> ALL = EnumSet.allOf(LeaveOut.class);

  private static final String ELSEWHERE =
      """
      CREATE EXTENSION citext;
      CREATE SCHEMA ventas AUTHORIZATION elsewhere_owner;
      CREATE TABLE ventas.pedido (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, cliente citext, owner text);
      ALTER TABLE ventas.pedido OWNER TO elsewhere_owner;
      INSERT INTO ventas.pedido (cliente) VALUES ('Ana'), ('Eva');
      CREATE TABLE public.lote (id int, nota text);
      CREATE TABLE public.tramo ("USER" int, a int[], CHECK (a[1:"USER"] IS NOT NULL));
      INSERT INTO lote VALUES (1, 'GRANT'), (2, E'\\nOWNER TO');
      GRANT SELECT, UPDATE ON ventas.pedido TO elsewhere_app;
      REVOKE UPDATE ON ventas.pedido FROM elsewhere_owner;
      ALTER DEFAULT PRIVILEGES FOR ROLE elsewhere_owner GRANT SELECT ON TABLES TO elsewhere_app;
      CREATE FUNCTION ventas.nota() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN NULL; END $$;
      CREATE EVENT TRIGGER aviso ON ddl_command_end EXECUTE FUNCTION ventas.nota();
      CREATE PUBLICATION todo FOR ALL TABLES;
      SELECT lo_from_bytea(4711, '\\xdeadbeef');
      ALTER LARGE OBJECT 4711 OWNER TO elsewhere_owner;
      """;

  @TempDir Path storage;
  @TempDir Path directory;
  private PostgresFixture server;
  private BackupId backup;

  @BeforeAll
  void start() {
    server = PostgresFixture.start();
    server.execute(
        "postgres",
        "CREATE ROLE elsewhere_owner; CREATE ROLE elsewhere_app;"
            + " CREATE ROLE tenant LOGIN PASSWORD 'x'");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** The tenant's database bears the name of the one that was backed up. */
  @BeforeEach
  void backUpElsewhere() {
    server.dropDatabase("plant");
    server.createDatabase("plant");
    server.execute("plant", ELSEWHERE);
    backup = backups(server.superuser()).backup(Trigger.MANUAL).orThrow().id();
    server.dropDatabase("plant");
    server.execute("postgres", "CREATE DATABASE plant OWNER tenant");
    server.execute("postgres", "ALTER ROLE tenant CREATEDB");
    server.execute(
        "plant", "SET ROLE tenant; CREATE TABLE old (id int); INSERT INTO old VALUES (1)");
  }

  @Test
  void aSwapLeavesOutWhatTheUserMayNot() throws SQLException {
    ConitrackBackup backups = backups("tenant");
    RestoreRequest request = RestoreRequest.of(backup).because("moved").by(RestoreStrategy.SWAP);
    assertThat(backups.planRestore(request.leavingOut(Set.of())).obstacles())
        .anyMatch(
            each ->
                each.contains(
                    "GRANT elsewhere_owner TO tenant, or leave it out: --leave-out ownership"))
        .anyMatch(
            each ->
                each.contains("in the name of role elsewhere_owner")
                    && each.endsWith("--leave-out privileges"))
        .anyMatch(
            each -> each.contains("event triggers") && each.endsWith("--leave-out event-triggers"))
        .anyMatch(
            each -> each.contains("publications") && each.endsWith("--leave-out publications"))
        .hasSize(5);

    RestoreRecord record = restored(backups, request.leavingOut(ALL));

    assertThat(query("plant", "SELECT tableowner FROM pg_tables WHERE tablename = 'pedido'"))
        .isEqualTo("tenant");
    assertThat(query("plant", "SELECT count(*) FROM ventas.pedido")).isEqualTo("2");
    assertThat(query("plant", "SELECT count(*) FROM pg_event_trigger")).isEqualTo("0");
    assertLeftOut(record, "load and compare");
    assertThat(backups.register().entries())
        .anyMatch(entry -> entry.details().containsKey(RegisterDetails.LEFT_OUT));
  }

  private static void assertLeftOut(RestoreRecord record, String step) {
    assertThat(record.fact(RegisterDetails.LEFT_OUT))
        .isEqualTo("ownership, privileges, extension-comments, event-triggers, publications");
    assertThat(record.steps())
        .filteredOn(each -> each.name().equals(step))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.detail())
                    .contains("equal to the backup but for what was left out (ownership: "));
  }

  /** The host has made the extension, and the schema that it is in is the tenant's. */
  @Test
  void aTransactionLeavesOutWhatTheUserMayNot() throws SQLException {
    server.execute("postgres", "ALTER ROLE tenant NOCREATEDB");
    server.execute("plant", "CREATE EXTENSION citext");
    ConitrackBackup backups = backups("tenant");
    RestoreRequest request = RestoreRequest.of(backup).because("moved");
    Set<LeaveOut> allButComments = EnumSet.complementOf(EnumSet.of(LeaveOut.EXTENSION_COMMENTS));
    assertThat(backups.planRestore(request.leavingOut(allButComments)).obstacles())
        .singleElement()
        .asString()
        .contains("comments on extension citext, which belongs to role postgres")
        .endsWith("--leave-out extension-comments");

    RestoreRecord record = restored(backups, request.leavingOut(ALL));

    assertThat(record.strategy()).isEqualTo(RestoreStrategy.IN_ONE_TRANSACTION);
    assertThat(query("plant", "SELECT tableowner FROM pg_tables WHERE tablename = 'pedido'"))
        .isEqualTo("tenant");
    assertThat(query("plant", "SELECT to_regclass('public.old')")).isNull();
    assertLeftOut(record, "compare");
  }

  /** Other sessions do not tell the tenant what they are. */
  @Test
  void aTransactionIsRefusedWhileAnotherUserIsConnected() throws SQLException {
    ConitrackBackup backups = backups("tenant");
    RestorePlan plan =
        backups.planRestore(
            RestoreRequest.of(backup)
                .because("moved")
                .by(RestoreStrategy.IN_ONE_TRANSACTION)
                .leavingOut(ALL));
    try (Connection other = server.connect("plant")) {
      assertThat(other.isValid(5)).isTrue();

      ProductionOutcome outcome = backups.restore(RestoreOrder.of(plan, "plant"));

      assertThat(((ProductionOutcome.Failed) outcome).failure())
          .hasMessageContaining("others are connected");
    }
    assertThat(query("plant", "SELECT count(*) FROM old")).isEqualTo("1");
  }

  @Test
  void aDrillTellsWhatItDidNotProve() {
    ConitrackBackup backups = backups("tenant");

    DrillOutcome outcome =
        backups.drill(DrillRequest.of(backup).withNegativeControl().leavingOut(ALL));

    assertThat(outcome).as("%s", outcome).isInstanceOf(DrillOutcome.Passed.class);
    assertThat(outcome.report().leftOut())
        .anyMatch(each -> each.matches("ownership: \\d+ statements not loaded, and not compared"))
        .contains("event-triggers: 2 statements not loaded, and not compared")
        .hasSize(5);
    assertThat(outcome.report().controls()).isNotEmpty().allMatch(each -> each.rejected());
  }

  /** Privileges hang on owners: they are loaded and, with other owners, cannot be compared. */
  @Test
  void ownersAloneCanBeLeftOut() throws SQLException {
    server.execute("plant", "DROP TABLE old; GRANT elsewhere_owner TO tenant");
    Set<LeaveOut> parts = EnumSet.complementOf(EnumSet.of(LeaveOut.PRIVILEGES));

    RestoreOutcome outcome =
        backups("tenant").restoreTo(backup, database("plant", "tenant"), parts);
    server.execute("plant", "REVOKE elsewhere_owner FROM tenant");

    assertThat(outcome).as("%s", outcome).isInstanceOf(RestoreOutcome.Equal.class);
    assertThat(((RestoreOutcome.Equal) outcome).leftOut())
        .contains("privileges: loaded, but not compared, as objects have another owner");
    assertThat(
            query(
                "plant", "SELECT has_table_privilege('elsewhere_app', 'ventas.pedido', 'SELECT')"))
        .isEqualTo("t");
  }

  @Test
  void settingsThatTheServerDoesNotKnowAreLeftOutUnasked() throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    database("plant", "tenant").dumper().dump(DumpRequest.WHOLE, plain);
    server.execute("plant", "DROP TABLE old");
    Path dump = directory.resolve("newer.sql");
    Files.writeString(
        dump,
        plain
            .toString(StandardCharsets.UTF_8)
            .replace("SET lock_timeout = 0;", "SET lock_timeout = 0;\nSET no_such_timeout = 0;"));
    ConitrackBackup backups = backups("tenant");
    BackupId adopted = backups.adopt(AdoptionRequest.of(AdoptionSource.file(dump))).orThrow().id();

    RestoreOutcome outcome = backups.restoreTo(adopted, database("plant", "tenant"));

    assertThat(outcome).as("%s", outcome).isInstanceOf(RestoreOutcome.Equal.class);
    assertThat(((RestoreOutcome.Equal) outcome).leftOut())
        .containsExactly("setting no_such_timeout: 1 statement not loaded, and not compared");
  }

  private static RestoreRecord restored(ConitrackBackup backups, RestoreRequest request) {
    RestorePlan plan = backups.planRestore(request);
    assertThat(plan.obstacles()).isEmpty();
    ProductionOutcome outcome = backups.restore(RestoreOrder.of(plan, "plant"));
    assertThat(outcome).as("%s", outcome).isInstanceOf(ProductionOutcome.Restored.class);
    return ((ProductionOutcome.Restored) outcome).record();
  }

  private String query(String database, String sql) throws SQLException {
    try (Connection connection = server.connect(database);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private ConitrackBackup backups(String user) {
    return ConitrackBackup.builder()
        .database(database("plant", user))
        .storage(FileSystemStorage.at("local", storage))
        .build();
  }

  private PostgresDatabase database(String name, String user) {
    return PostgresDatabase.of(
        PostgresConnection.of(server.jdbcUrl(name))
            .withUser(user)
            .withPassword(user.equals("tenant") ? "x" : server.password()));
  }
}
