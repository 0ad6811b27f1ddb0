package com.conitrack.backup.pg;

import static com.conitrack.backup.pg.Targets.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.ConitrackBackup;
import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.partial.SideOutcome;
import com.conitrack.backup.core.partial.SideRequest;
import com.conitrack.backup.core.port.DatabaseTables;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.SideLoad;
import com.conitrack.backup.core.port.SideSchema;
import com.conitrack.backup.core.port.SideTable;
import com.conitrack.backup.core.port.TableTransaction.RowSink;
import com.conitrack.backup.core.port.Upload;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables of a backup beside the real ones, on a real server. */
class SideTablesIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();

  private static final String SCHEMA =
      """
      CREATE TYPE estado AS ENUM ('libre', 'en uso');
      CREATE DOMAIN positivo AS int CHECK (VALUE > 0);
      CREATE FUNCTION grita() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
      CREATE TABLE "Proveedor;" (id serial PRIMARY KEY, "nombre ""raro"" (x), CHECK" text NOT NULL DEFAULT 'a,b)' COLLATE "C");
      CREATE TABLE lote (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, estado estado DEFAULT 'libre', peso numeric(10,2), n positivo,
        doble numeric GENERATED ALWAYS AS (peso * 2) STORED, proveedor int REFERENCES "Proveedor;", padre int REFERENCES lote,
        foto bytea, cuando timestamptz, notas text[], datos json, CONSTRAINT "pesa, (algo)" CHECK (peso > 0 OR peso = 'NaN'));
      CREATE UNIQUE INDEX "lote estado" ON lote (estado, id) WHERE peso > 1;
      CREATE TABLE movimiento (id bigserial PRIMARY KEY, lote int NOT NULL REFERENCES lote);
      CREATE TABLE sin_clave (a int, b text);
      CREATE TABLE medida (dia date NOT NULL, v float8) PARTITION BY RANGE (dia);
      CREATE TABLE medida_25 PARTITION OF medida FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      CREATE TABLE medida_otra PARTITION OF medida DEFAULT;
      CREATE TABLE base (x int); CREATE TABLE hija (y int) INHERITS (base);
      CREATE SCHEMA otro; CREATE TABLE otro.lote (id int);
      INSERT INTO "Proveedor;" VALUES (1, 'uno'), (2, E'dos\\n\\\\.\\t');
      INSERT INTO lote (estado, peso, n, proveedor, padre, foto, cuando, notas, datos) VALUES
        ('libre', 1.50, 1, 1, NULL, '\\x00ff', 'infinity', '{a,NULL,"b,c"}', '{"a": 1,  "a": 2}'),
        ('en uso', 'NaN', NULL, 2, 1, NULL, '-infinity', '{}', 'null');
      INSERT INTO movimiento (lote) VALUES (1), (1), (2);
      INSERT INTO sin_clave VALUES (1, 'x'), (1, 'x'), (NULL, NULL);
      INSERT INTO medida VALUES ('2025-05-05', 'NaN'), ('2030-01-01', 1e300);
      INSERT INTO base VALUES (1); INSERT INTO hija VALUES (2, 3);
      INSERT INTO otro.lote VALUES (77);
      CREATE TRIGGER t BEFORE INSERT OR UPDATE OR DELETE ON lote FOR EACH ROW EXECUTE FUNCTION grita();
      """;

  private final InMemoryStorage storage = new InMemoryStorage("memory");
  private final String database = SERVER.freshDatabase();
  private final ConitrackBackup backups =
      ConitrackBackup.builder()
          .database(Targets.database(SERVER, database))
          .storage(storage)
          .build();
  private BackupId backup;

  @BeforeEach
  void backUp() {
    SERVER.execute(database, SCHEMA);
    backup = backups.backup(Trigger.MANUAL).orThrow().id();
  }

  private SideOutcome beside(String schema, String... tables) {
    return backups.tables().beside(SideRequest.of(backup, tables).into(schema));
  }

  private String ask(String sql) {
    return query(SERVER, database, sql);
  }

  @Test
  void everythingBesideIsEqualAndTiedOnlyToItself() {
    String before = Targets.dumpText(Targets.database(SERVER, database));

    SideOutcome outcome = beside("al \"lado\"", "*");

    assertThat(outcome).as(outcome.toString()).isInstanceOf(SideOutcome.Loaded.class);
    assertThat(outcome.remarks()).singleElement().asString().contains("part of every new backup");
    assertThat(((SideOutcome.Loaded) outcome).tables()).hasSize(10);
    assertThat(
            ask(
                "SELECT string_agg(conname || ' ' || contype::text, ';' ORDER BY conname) FROM pg_constraint c"
                    + " WHERE connamespace = '\"al \"\"lado\"\"\"'::regnamespace"
                    + " AND conrelid::regclass::text LIKE '%lote%'"))
        .isEqualTo("lote_padre_fkey f;lote_pkey p;lote_proveedor_fkey f;pesa, (algo) c");
    assertThat(
            ask(
                "SELECT count(*) FROM pg_constraint c JOIN pg_class r ON r.oid = confrelid WHERE"
                    + " c.connamespace = '\"al \"\"lado\"\"\"'::regnamespace"
                    + " AND r.relnamespace <> c.connamespace"))
        .isEqualTo("0");
    assertThat(ask("SELECT count(*) FROM \"al \"\"lado\"\"\".medida")).isEqualTo("2");
    assertThat(ask("SELECT sum(x) FROM \"al \"\"lado\"\"\".base")).isEqualTo("3");
    assertThat(ask("SELECT doble FROM \"al \"\"lado\"\"\".\"public.lote\" WHERE id = 1"))
        .isEqualTo("3.00");
    backups.tables().dropSideSchema("al \"lado\"");
    assertThat(Targets.dumpText(Targets.database(SERVER, database))).isEqualTo(before);
    assertThat(backups.register().entries())
        .extracting(entry -> entry.outcome())
        .endsWith("SIDE_LOADED", "SIDE_DROPPED");
  }

  @Test
  void whatTiesToTablesLeftBehindIsLeftOutAndTold() {
    SideOutcome outcome = beside("s", "public.lote", "public.Prov*");

    assertThat(outcome).as(outcome.toString()).isInstanceOf(SideOutcome.Loaded.class);
    assertThat(((SideOutcome.Loaded) outcome).tables()).hasSize(2);
    SideOutcome alone = beside("t", "movimiento");
    assertThat(alone.remarks()).anySatisfy(r -> assertThat(r).contains("ties them to public.lote"));
    assertThat(backups.tables().sideSchemas()).extracting(s -> s.name()).containsExactly("s", "t");
  }

  /** Committed, and then the program was killed: there is no entry of it. */
  @Test
  void aSchemaThatNobodyComparedIsTold() {
    SERVER.execute(
        database,
        "CREATE SCHEMA half; COMMENT ON SCHEMA half IS 'conitrack-backup: tables of backup x'");

    SideOutcome next = beside("s", "public.lote");

    assertThat(next).isInstanceOf(SideOutcome.Loaded.class);
    assertThat(next.remarks()).anyMatch(r -> r.contains("schema 'half' was left"));
    backups.tables().dropSideSchema("half");
    assertThat(beside("t", "public.lote").remarks()).noneMatch(r -> r.contains("was left"));
  }

  @Test
  void defaultPrivilegesGiveNothingToOthers() {
    SERVER.execute(database, "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC");

    assertThat(beside("s", "public.lote")).isInstanceOf(SideOutcome.Loaded.class);

    assertThat(ask("SELECT has_table_privilege('pg_monitor', 's.lote', 'SELECT')")).isEqualTo("f");
  }

  @Test
  void aTypeThatIsGoneIsToldAndNothingIsMade() {
    SERVER.execute(database, "ALTER TABLE lote DROP COLUMN estado; DROP TYPE estado");

    SideOutcome outcome = beside("s", "lote", "sin_clave");

    BackupException failure = ((SideOutcome.Failed) outcome).failure();
    assertThat(failure.kind()).isEqualTo(ErrorKind.RULE);
    assertThat(failure).hasMessageContaining("type \"public.estado\" does not exist");
    assertThat(backups.tables().sideSchemas()).isEmpty();
  }

  @Test
  void refusesWhatItCannotDoAndLeavesNothing() {
    SERVER.execute(database, "CREATE SCHEMA taken");

    assertThat(failure(beside("taken", "lote")).kind()).isEqualTo(ErrorKind.ALREADY_EXISTS);
    assertThat(failure(beside("s", "Lote")))
        .hasMessageContaining("no table 'Lote'")
        .hasMessageContaining("public.lote");
    assertThat(failure(beside("x".repeat(64), "lote"))).hasMessageContaining("63 bytes");
    assertThat(Targets.failure(() -> backups.tables().dropSideSchema("taken")).kind())
        .isEqualTo(ErrorKind.RULE);
    assertThat(beside("s", "sin_clave")).isInstanceOf(SideOutcome.Loaded.class);
    SERVER.execute(database, "CREATE VIEW otro.mia AS SELECT * FROM s.sin_clave");
    assertThat(Targets.failure(() -> backups.tables().dropSideSchema("s")))
        .hasMessageContaining("used by otro.mia");
    assertThat(backups.register().entries())
        .filteredOn(entry -> entry.outcome().equals("SIDE_FAILED"))
        .hasSize(3)
        .allSatisfy(entry -> assertThat(entry.details()).containsKey(RegisterDetails.REASON));
  }

  @Test
  void rowsOfASourceThatFailsAreTakenBackAndNothingStaysUncommitted() {
    DatabaseTables tables = Targets.database(SERVER, database).tables();
    TableName source = new TableName("public", "x");
    SideSchema schema = new SideSchema("s", SideSchema.MARK + "a test");
    List<SideTable> made =
        List.of(
            new SideTable(source, new TableName("s", "x"), List.of("CREATE TABLE s.x (a int)")));
    try (SideLoad left = tables.beside(schema, made)) {
      left.load(sink -> write(sink, source, "1\n"));
    }
    assertThat(tables.sideSchemas()).isEmpty();

    try (SideLoad load = tables.beside(schema, made)) {
      assertThat(
              Targets.failure(
                  () ->
                      load.load(
                          sink -> {
                            write(sink, source, "2\n");
                            sink.rows(source, List.of("a"), null).write('3');
                            throw new IOException("the dump was cut");
                          })))
          .hasMessageContaining("the dump was cut");
      assertThat(Targets.failure(() -> load.load(sink -> write(sink, source, "no\n"))))
          .hasMessageContaining("invalid input syntax");
      load.load(sink -> write(sink, source, "4\n"));
      load.commit();
    }
    assertThat(ask("SELECT string_agg(a::text, ',') FROM s.x")).isEqualTo("4");
  }

  private static void write(RowSink sink, TableName table, String rows) throws IOException {
    try (OutputStream out = sink.rows(table, List.of("a"), null)) {
      out.write(rows.getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void aCopyWhoseEndWasLostIsRejectedAndNothingIsMade() throws IOException {
    String key = backups.catalogue().find(backup).orElseThrow().manifest().dump().key();
    byte[] bytes;
    try (InputStream in = storage.open(key)) {
      bytes = in.readAllBytes();
    }
    Arrays.fill(bytes, bytes.length * 9 / 10, bytes.length, (byte) 0);
    ObjectAttributes attributes = storage.attributes(key).orElseThrow();
    storage.delete(key);
    try (Upload upload = storage.begin(key, attributes)) {
      upload.write(bytes, 0, bytes.length);
      upload.commit();
    }

    assertThat(failure(beside("s", "lote")).kind()).isEqualTo(ErrorKind.DAMAGED);

    assertThat(backups.tables().sideSchemas()).isEmpty();
    assertThat(backups.register().entries())
        .extracting(entry -> entry.outcome())
        .contains("REJECTED", "SIDE_FAILED");
  }

  private static BackupException failure(SideOutcome outcome) {
    return ((SideOutcome.Failed) outcome).failure();
  }
}
