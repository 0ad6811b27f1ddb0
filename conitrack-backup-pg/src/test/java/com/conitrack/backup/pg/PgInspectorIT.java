package com.conitrack.backup.pg;

import static com.conitrack.backup.pg.Targets.superuser;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.Requirements;
import com.conitrack.backup.core.model.Requirements.Extension;
import com.conitrack.backup.core.model.Requirements.Locale;
import com.conitrack.backup.core.port.DatabaseInspector;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PgInspectorIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();

  private String name = "";

  @BeforeAll
  static void createRoles() {
    SERVER.execute(
        "postgres",
        """
        DROP ROLE IF EXISTS app;
        DROP ROLE IF EXISTS auditor;
        CREATE ROLE app LOGIN PASSWORD 'app';
        CREATE ROLE auditor;
        ALTER ROLE app SET "app.api_key" = 'it''s hidden';
        """);
  }

  @BeforeEach
  void createDatabase() {
    name = SERVER.freshDatabase();
  }

  private DatabaseInspector inspector() {
    return Targets.database(SERVER, name).inspector();
  }

  private DatabaseInspector inspectorAsApp() {
    return PostgresDatabase.of(superuser(SERVER, name).withUser("app").withPassword("app"))
        .inspector();
  }

  @Test
  void saysWhatTheServerSays() {
    DatabaseFacts facts = inspector().inspect();

    assertThat(facts.name()).isEqualTo(name);
    assertThat(facts.server()).isEqualTo("127.0.0.1:" + SERVER.port());
    assertThat(facts.systemIdentifier())
        .isEqualTo(
            Targets.query(SERVER, name, "SELECT system_identifier FROM pg_control_system()"));
    assertThat(facts.version().major()).isEqualTo(SERVER.majorVersion());
    assertThat(facts.bytes()).isGreaterThan(1_000_000);
    assertThat(facts.encoding()).isEqualTo("UTF8");
    assertThat(facts.schemaVersion()).isNull();
  }

  @Test
  void theSchemaVersionIsFlywaysNewestSuccessfulOne() {
    SERVER.execute(
        name,
        """
        CREATE SCHEMA "App";
        CREATE TABLE "App".flyway_schema_history (installed_rank int, version varchar(50),
          success boolean, installed_on timestamp DEFAULT now());
        INSERT INTO "App".flyway_schema_history VALUES
          (1, '1', true), (2, '9', true), (3, '10.1', true), (4, NULL, true), (5, '11', false);
        """);

    assertThat(inspector().inspect().schemaVersion()).isEqualTo("10.1");
  }

  @Test
  void aHistoryThatMayNotBeReadIsNone() {
    SERVER.execute(
        name,
        "CREATE TABLE flyway_schema_history (installed_rank int, version text, success boolean,"
            + " installed_on timestamp)");

    assertThat(inspectorAsApp().inspect().schemaVersion()).isNull();
  }

  @Test
  void aTableOfThatNameThatIsNotFlywaysIsIgnored() {
    SERVER.execute(name, "CREATE TABLE flyway_schema_history (version int)");

    assertThat(inspector().inspect().schemaVersion()).isNull();
  }

  @Test
  void aFreshDatabaseIsEmpty() {
    assertThat(inspector().userObjects()).isEmpty();
  }

  @Test
  void anExtensionsOwnObjectsAreNotTheUsers() {
    SERVER.execute(name, "CREATE EXTENSION citext; CREATE EXTENSION pg_trgm");

    assertThat(inspector().userObjects()).isEmpty();
  }

  @Test
  void everySortOfUserObjectIsSeen() {
    SERVER.execute(
        name,
        """
        CREATE SCHEMA qa;
        CREATE TABLE "Lote" (id serial);
        CREATE VIEW qa.v AS SELECT 1 AS one;
        CREATE FUNCTION f(int) RETURNS int LANGUAGE sql AS 'SELECT 1';
        CREATE TYPE mood AS ENUM ('ok');
        CREATE DOMAIN positive AS int;
        SELECT lo_create(0);
        """);

    assertThat(inspector().userObjects())
        .containsExactly(
            "schema qa",
            "sequence public.\"Lote_id_seq\"",
            "table public.\"Lote\"",
            "view qa.v",
            "function public.f(integer)",
            "type public.mood",
            "type public.positive",
            "1 large objects");
  }

  @Test
  void atMostTenAreDescribed() {
    SERVER.execute(
        name,
        "DO $$ BEGIN FOR i IN 1..30 LOOP EXECUTE 'CREATE TABLE t' || i || '()'; END LOOP; END $$");

    assertThat(inspector().userObjects()).hasSize(10);
  }

  @Test
  void readsWhatADumpAloneLacks() {
    SERVER.execute(
        name,
        """
        CREATE EXTENSION citext;
        CREATE TABLE t (id int, a text COLLATE "C", b text COLLATE "es-x-icu");
        CREATE INDEX ON t (a COLLATE "C.utf8");
        GRANT SELECT ON t TO auditor;
        ALTER SCHEMA public OWNER TO app;
        """
            + "ALTER DATABASE "
            + name
            + " SET work_mem = '5MB'; ALTER DATABASE "
            + name
            + " SET app.token = 'hidden'; ALTER ROLE app IN DATABASE "
            + name
            + " SET lock_timeout = '3s'");

    Requirements requirements = inspector().requirements();

    assertThat(requirements.roles()).containsExactly("app", "auditor", "postgres");
    assertThat(requirements.extensions()).containsExactly(new Extension("citext", "1.6", "public"));
    assertThat(requirements.tablespaces()).isEmpty();
    assertThat(requirements.collations()).containsExactly("C.utf8", "es-x-icu");
    assertThat(requirements.locale()).isEqualTo(new Locale("libc", "C.UTF-8", "C.UTF-8", null));
    assertThat(requirements.settings())
        .containsExactlyInAnyOrder("work_mem=5MB", "app.token=***", "role app: lock_timeout=3s");
    assertThat(requirements.globals())
        .contains("CREATE ROLE app;", "\"app.api_key\" TO '***';")
        .doesNotContain("hidden", "PASSWORD", "\\restrict");
    assertThat(requirements.remarks()).isEmpty();
  }

  @Test
  void anOrdinaryUserReadsThemToo() {
    Requirements requirements = inspectorAsApp().requirements();

    assertThat(requirements.remarks()).isEmpty();
    assertThat(requirements.globals()).contains("CREATE ROLE auditor;");
  }

  @Test
  void nothingIsMissingOnTheSameServer() {
    SERVER.execute(name, "CREATE EXTENSION citext");

    assertThat(inspector().missing(inspector().requirements())).isEmpty();
  }

  @Test
  void tellsWhatIsMissingWithItsFix() {
    Requirements foreign =
        new Requirements(
            List.of("app", "No Such"),
            List.of(new Extension("postgis", "3.4.2", "public")),
            List.of("fast"),
            List.of("C", "tlh_QO"),
            new Locale("libc", "tlh_QO.utf8", "tlh_QO.utf8", null),
            List.of(),
            null,
            List.of());

    assertThat(inspector().missing(foreign))
        .satisfiesExactly(
            role -> assertThat(role).contains("CREATE ROLE \"No Such\""),
            extension -> assertThat(extension).contains("postgis", "3.4.2", "install"),
            tablespace -> assertThat(tablespace).contains("CREATE TABLESPACE fast"),
            collation -> assertThat(collation).contains("tlh_QO", "pg_import_system_collations"),
            locale -> assertThat(locale).contains("tlh_QO.utf8"));
  }

  @Test
  void aHistoryThatAMigrationHoldsIsNotWaitedForLong() throws Exception {
    SERVER.execute(
        name,
        "CREATE TABLE flyway_schema_history (installed_rank int, version text, success boolean,"
            + " installed_on timestamp)");
    try (Connection connection = SERVER.connect(name);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("LOCK TABLE flyway_schema_history");

      assertThat(inspector().inspect().schemaVersion()).isNull();
    }
  }

  @Test
  void nothingInThePublicSchemaCanStandInForTheCatalogue() {
    SERVER.execute(
        name,
        "CREATE FUNCTION pg_database_size(name) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';"
            + " ALTER DATABASE "
            + name
            + " SET search_path = public, pg_catalog");

    assertThat(inspector().inspect().bytes()).isGreaterThan(1_000_000);
  }
}
