package com.conitrack.backup.pg;

import static com.conitrack.backup.pg.Targets.awaitSession;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.drill.DrillOutcome;
import com.conitrack.backup.core.drill.DrillOutcome.Failed;
import com.conitrack.backup.core.drill.DrillOutcome.Passed;
import com.conitrack.backup.core.drill.DrillReport.ControlResult;
import com.conitrack.backup.core.drill.DrillRequest;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.DrillCheck;
import com.conitrack.backup.core.policy.DrillRules;
import com.conitrack.backup.testsupport.database.SampleSchemas;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Drills on real servers: the whole path, and what it leaves behind. */
class DrillIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();

  private final InMemoryStorage storage = new InMemoryStorage("memory");

  private static String filled(String sql) {
    String name = SERVER.freshDatabase();
    SERVER.execute(name, sql);
    return name;
  }

  private ConitrackBackup backups(PostgresFixture server, String database, DrillRules rules) {
    return ConitrackBackup.builder()
        .database(Targets.database(server, database))
        .storage(storage)
        .policy(BackupPolicy.defaults().toBuilder().drills(rules).build())
        .build();
  }

  private DrillOutcome backUpAndDrill(String database, DrillRules rules) {
    ConitrackBackup backups = backups(SERVER, database, rules);
    backups.backup(Trigger.MANUAL).orThrow();
    return backups.drill(DrillRequest.newest().withNegativeControl().comparingLive());
  }

  private static void assertPassed(DrillOutcome outcome) {
    assertThat(outcome).as(outcome.toString()).isInstanceOf(Passed.class);
  }

  private static List<String> scratches(PostgresFixture server) {
    return Targets.database(server, "postgres").server().databases().stream()
        .map(each -> each.name())
        .filter(name -> name.startsWith("conitrack_drill_"))
        .toList();
  }

  @Test
  void aDrillThatWasKilledIsCleanedUpByTheNext() throws Exception {
    try (PostgresFixture own = PostgresFixture.start()) {
      own.createDatabase("stock");
      own.execute("stock", "CREATE TABLE lote (id int)");
      Process victim = victim(own);
      awaitSession(own, "postgres", "query LIKE '%pg_sleep(600)%' AND state = 'active'");
      assertThat(scratches(own)).hasSize(1);
      victim.destroyForcibly().waitFor(1, TimeUnit.MINUTES);

      ConitrackBackup backups = backups(own, "stock", DrillRules.DEFAULT);
      backups.backup(Trigger.MANUAL).orThrow();
      DrillOutcome outcome = backups.drill(DrillRequest.newest());

      assertPassed(outcome);
      assertThat(outcome.report().remarks())
          .anySatisfy(remark -> assertThat(remark).contains("interrupted"));
      assertThat(scratches(own)).isEmpty();
    }
  }

  private static Process victim(PostgresFixture server) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            DrillVictim.class.getName(),
            server.jdbcUrl("stock"),
            server.superuser());
    builder.environment().put("VICTIM_PASSWORD", server.password());
    return builder.inheritIO().start();
  }

  @Test
  void aRoleThatIsMissingElsewhereIsToldBeforeAnythingIsMade() {
    String owner = "owner_" + UUID.randomUUID().toString().replace('-', '_');
    String database =
        filled("CREATE ROLE " + owner + "; CREATE TABLE t (); ALTER TABLE t OWNER TO " + owner);
    ConitrackBackup backups = backups(SERVER, database, DrillRules.DEFAULT);
    backups.backup(Trigger.MANUAL).orThrow();
    try (PostgresFixture other = PostgresFixture.start()) {
      DrillOutcome outcome =
          backups.drill(DrillRequest.newest().onServerOf(Targets.database(other, "postgres")));

      assertThat(((Failed) outcome).reasons())
          .singleElement()
          .asString()
          .contains("role " + owner + " does not exist: CREATE ROLE");
      assertThat(scratches(other)).isEmpty();

      other.execute("postgres", "CREATE ROLE " + owner);
      assertPassed(
          backups.drill(DrillRequest.newest().onServerOf(Targets.database(other, "postgres"))));
    }
  }

  @Test
  void columnsThatNoDumpKeepsInTheirOrderAreToldAndNoDifference() {
    String database =
        filled(
            """
            CREATE TABLE parent (a int);
            CREATE TABLE child (c text, d int DEFAULT 7) INHERITS (parent);
            ALTER TABLE parent ADD COLUMN late int;
            COMMENT ON COLUMN child.c IS 'c';
            COMMENT ON COLUMN child.late IS 'late';
            INSERT INTO child SELECT g, 'text ' || g, 2 * g, 3 * g FROM generate_series(1, 20) g;
            """);

    DrillOutcome outcome = backUpAndDrill(database, DrillRules.DEFAULT);

    assertPassed(outcome);
    assertThat(outcome.report().remarks())
        .anySatisfy(
            remark ->
                assertThat(remark)
                    .contains("public.child (a, late, c, d; was a, c, d, late)", "all is equal"));
  }

  @Test
  void aUserWhoMayMakeNoDatabaseIsTold() {
    String limited = "limited_" + UUID.randomUUID().toString().replace('-', '_');
    String database = filled("CREATE TABLE t (); CREATE ROLE " + limited + " LOGIN PASSWORD 'x'");
    ConitrackBackup asSuperuser = backups(SERVER, database, DrillRules.DEFAULT);
    asSuperuser.backup(Trigger.MANUAL).orThrow();
    PostgresDatabase place =
        PostgresDatabase.of(
            Targets.superuser(SERVER, database).withUser(limited).withPassword("x"));

    DrillRequest request =
        DrillRequest.newest().onServerOf(place).leavingOut(EnumSet.allOf(LeaveOut.class));
    DrillOutcome outcome = asSuperuser.drill(request);

    assertThat(((Failed) outcome).failure().kind()).isEqualTo(ErrorKind.PERMISSION);
  }

  @Test
  void aNewerServerWithoutItsClientToolsIsRefused() {
    String database = filled("CREATE TABLE t ()");
    ConitrackBackup backups = backups(SERVER, database, DrillRules.DEFAULT);
    backups.backup(Trigger.MANUAL).orThrow();
    PostgresFixture newer = PostgresFixture.sharedMajor(17);

    DrillOutcome outcome =
        backups.drill(DrillRequest.newest().onServerOf(Targets.database(newer, "postgres")));

    assertThat(((Failed) outcome).failure().kind()).isEqualTo(ErrorKind.TOOL);
    assertThat(scratches(newer)).isEmpty();
  }

  @Test
  void aFullDiskFailsTheDrillAndLeavesNothing() throws Exception {
    String database = filled(SampleSchemas.bulk(20));
    ConitrackBackup backups = backups(SERVER, database, DrillRules.DEFAULT);
    backups.backup(Trigger.MANUAL).orThrow();
    try (PostgresFixture small =
        PostgresFixture.builder().setting("temp_file_limit", "1MB").start()) {
      // The index of a million rows is sorted on disk: the limit stands in for a full one.
      small.execute("postgres", "ALTER SYSTEM SET maintenance_work_mem = '1MB'");
      small.restart();

      DrillOutcome outcome =
          backups.drill(DrillRequest.newest().onServerOf(Targets.database(small, "postgres")));

      assertThat(outcome).isInstanceOf(Failed.class);
      assertThat(((Failed) outcome).failure()).hasMessageContaining("temp_file_limit");
      assertThat(scratches(small)).isEmpty();
    }
  }

  @Test
  void theHostileDatabaseIsRestoredEqual() {
    DrillOutcome outcome = backUpAndDrill(filled(SampleSchemas.hostile()), DrillRules.DEFAULT);

    assertPassed(outcome);
    assertThat(outcome.report().controls()).hasSize(6).allMatch(ControlResult::rejected);
    assertThat(outcome.report().changes()).isEmpty();
    assertThat(scratches(SERVER)).isEmpty();
  }

  /** What has not lasted a restore, or misled the drill. */
  @Test
  void whatARestoreMovesOrRewordsIsStillEqual() {
    DrillOutcome outcome =
        backUpAndDrill(
            filled(
                """
                CREATE TABLE a_first (id int);
                CREATE TABLE "in ""(order" (id int PRIMARY KEY, nota text);
                ALTER TABLE "in ""(order" ALTER nota SET STORAGE PLAIN;
                INSERT INTO "in ""(order" SELECT n, repeat('x', n * 7919 % 7001) FROM generate_series(1, 2000) n;
                CLUSTER "in ""(order" USING "in ""(order_pkey";
                CREATE VIEW united AS SELECT id, nota FROM "in ""(order" UNION SELECT NULL, 'none';
                """),
            DrillRules.DEFAULT);

    assertPassed(outcome);
    assertThat(outcome.report().controls()).allMatch(ControlResult::rejected);
  }

  @Test
  void theStockSystemIsRestoredEqualAndItsChecksAreMet() {
    DrillRules rules =
        DrillRules.DEFAULT.withChecks(
            List.of(
                DrillCheck.atLeast("movements", "SELECT count(*) FROM movimientos", 1),
                DrillCheck.noRows("no user is missing", "SELECT 1 FROM users WHERE id IS NULL"),
                DrillCheck.equalTo("cannot write", "SHOW transaction_read_only", "on")));

    DrillOutcome outcome = backUpAndDrill(filled(SampleSchemas.conitrack()), rules);

    assertPassed(outcome);
    assertThat(outcome.report().checks()).hasSize(3).allMatch(check -> check.met());
  }

  @Test
  void twoThousandTablesAreDrilledOnAServerWithDefaultSettings() {
    String database =
        filled(
            """
            DO $$ BEGIN
              FOR i IN 1..1000 LOOP
                EXECUTE format('CREATE TABLE a_%s (id serial PRIMARY KEY, name text UNIQUE)', i);
                EXECUTE format('INSERT INTO a_%s (name) VALUES (%L)', i, i);
              END LOOP;
            END $$
            """);
    SERVER.execute(
        database,
        """
        DO $$ BEGIN
          FOR i IN 1..1000 LOOP
            EXECUTE format('CREATE TABLE b_%s (id serial PRIMARY KEY, name text UNIQUE)', i);
          END LOOP;
        END $$
        """);

    ConitrackBackup backups = backups(SERVER, database, DrillRules.DEFAULT);
    backups.backup(Trigger.MANUAL).orThrow();
    DrillOutcome outcome = backups.drill(DrillRequest.newest());

    assertPassed(outcome);
    assertThat(outcome.report().tables()).isEqualTo(2000);
  }
}
