package com.conitrack.backup.pg;

import static com.conitrack.backup.pg.Targets.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.SequenceValue;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.port.DatabaseRestorer.Fate;
import com.conitrack.backup.core.port.ExchangeRequest;
import com.conitrack.backup.core.port.ExchangeTable;
import com.conitrack.backup.core.port.TableChange;
import com.conitrack.backup.core.port.TableExchange;
import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Rows of tables exchanged in their place, on a real server. */
class TableExchangeIT {
  private static final PostgresFixture SERVER = PostgresFixture.shared();

  private static final String SCHEMA =
      """
      CREATE TYPE medidas AS (alto int, ancho numeric);
      CREATE TABLE bitacora (que text);
      CREATE FUNCTION anota() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO public.bitacora VALUES (TG_NAME); RETURN NULL; END $$;
      CREATE FUNCTION prohibe() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
      CREATE TABLE proveedor (id int PRIMARY KEY);
      CREATE TABLE lote (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, codigo text UNIQUE, peso numeric,
        doble numeric GENERATED ALWAYS AS (peso * 2) STORED, foto bytea, datos json, notas text[], medidas medidas,
        padre int REFERENCES lote ON DELETE SET NULL, proveedor int REFERENCES proveedor DEFERRABLE INITIALLY DEFERRED);
      CREATE TABLE movimiento (id serial PRIMARY KEY, lote int NOT NULL);
      INSERT INTO movimiento VALUES (99, 12345);
      ALTER TABLE movimiento ADD CONSTRAINT "del lote" FOREIGN KEY (lote) REFERENCES lote ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;
      COMMENT ON CONSTRAINT "del lote" ON movimiento IS 'it''s';
      CREATE TABLE detalle (lote int REFERENCES lote ON DELETE CASCADE, n int, "de qué" text, PRIMARY KEY (n, lote));
      CREATE TABLE sin_clave (a int, b text);
      CREATE TABLE medida (dia date NOT NULL, v float8, PRIMARY KEY (dia)) PARTITION BY RANGE (dia);
      CREATE TABLE medida_25 PARTITION OF medida FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
      CREATE TABLE medida_otra PARTITION OF medida DEFAULT;
      CREATE TABLE uso (dia date REFERENCES medida ON DELETE CASCADE);
      CREATE TRIGGER anota AFTER INSERT OR UPDATE OR DELETE ON lote FOR EACH ROW EXECUTE FUNCTION anota();
      CREATE TRIGGER prohibe BEFORE DELETE ON lote FOR EACH ROW EXECUTE FUNCTION prohibe();
      CREATE TRIGGER siempre AFTER DELETE ON lote EXECUTE FUNCTION anota();
      CREATE TRIGGER replica AFTER DELETE ON lote EXECUTE FUNCTION anota();
      ALTER TABLE lote DISABLE TRIGGER prohibe, ENABLE ALWAYS TRIGGER siempre, ENABLE REPLICA TRIGGER replica;
      CREATE TRIGGER anota AFTER DELETE ON medida FOR EACH ROW EXECUTE FUNCTION anota();
      ALTER TABLE medida_25 DISABLE TRIGGER anota;
      CREATE MATERIALIZED VIEW resumen AS SELECT count(*) FROM lote;
      INSERT INTO proveedor VALUES (1), (2);
      INSERT INTO lote (codigo, peso, foto, datos, notas, medidas, padre, proveedor) VALUES
        ('a', 1.50, '\\x00ff', '{"a": 1,  "a": 2}', '{a,NULL,"b,c"}', '(1,2.0)', NULL, 1),
        ('b', 'NaN', NULL, 'null', '{}', '(,)', 1, 2), ('c', 3, NULL, NULL, NULL, NULL, 2, NULL);
      INSERT INTO movimiento (lote) VALUES (1), (1), (2);
      INSERT INTO detalle VALUES (1, 1, E'x\\ty\\\\'), (2, 1, '');
      INSERT INTO sin_clave VALUES (1, 'x'), (1, 'x'), (1, 'x'), (NULL, NULL), (2, '');
      INSERT INTO medida VALUES ('2025-05-05', 'NaN'), ('2030-01-01', 1e300);
      INSERT INTO uso VALUES ('2025-05-05');
      TRUNCATE bitacora;
      """;

  private static final List<String> ALL = List.of("lote", "detalle", "sin_clave", "medida");

  private final String database = SERVER.freshDatabase();
  private final PostgresDatabase target = Targets.database(SERVER, database);
  private final Map<String, byte[]> backup = new LinkedHashMap<>();

  @BeforeEach
  void backUp() {
    SERVER.execute(database, SCHEMA);
    for (String table : List.of("lote", "detalle", "sin_clave", "medida_25", "medida_otra")) {
      backup.put(table, copy(table));
    }
  }

  private byte[] copy(String table) {
    try (Connection connection = SERVER.connect(database)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      String sql = "COPY public." + table + " (" + columnList(table) + ") TO STDOUT";
      connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql, bytes);
      return bytes.toByteArray();
    } catch (SQLException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String columnList(String table) {
    return String.join(
        ", ", columns(table).stream().map(column -> Sql.identifier(column.name())).toList());
  }

  private List<ExchangeTable.Column> columns(String table) {
    List<ExchangeTable.Column> columns = new ArrayList<>();
    try (Connection connection = SERVER.connect(database);
        ResultSet rows =
            connection
                .createStatement()
                .executeQuery(
                    "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute"
                        + " WHERE attrelid = 'public."
                        + table
                        + "'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''"
                        + " ORDER BY attnum")) {
      while (rows.next()) {
        String type = rows.getString(2).replaceFirst("^medidas$", "public.medidas");
        columns.add(new ExchangeTable.Column(rows.getString(1), type));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return columns;
  }

  private static TableName name(String table) {
    return new TableName("public", table);
  }

  private TableExchange exchange(boolean writing, List<String> tables) {
    List<ExchangeTable> wanted = new ArrayList<>();
    for (String table : tables) {
      List<TableName> parts =
          table.equals("medida") ? List.of(name("medida_25"), name("medida_otra")) : List.of();
      wanted.add(new ExchangeTable(name(table), parts, columns(table)));
    }
    return target.tables().exchange(new ExchangeRequest(wanted, writing, Duration.ofMinutes(1)));
  }

  private TableExchange loaded(boolean writing, List<String> tables) {
    TableExchange exchange = exchange(writing, tables);
    assertThat(exchange.obstacles()).isEmpty();
    exchange.load(
        sink -> {
          for (Map.Entry<String, byte[]> each : backup.entrySet()) {
            if (tables.contains(each.getKey().replaceFirst("^(medida)_.*", "$1"))) {
              List<String> columns =
                  columns(each.getKey()).stream().map(ExchangeTable.Column::name).toList();
              try (OutputStream out = sink.rows(name(each.getKey()), columns, null)) {
                out.write(each.getValue());
              }
            }
          }
        });
    return exchange;
  }

  private List<String> applied(List<String> tables, SequenceValue... sequences) {
    try (TableExchange exchange = loaded(true, tables)) {
      exchange.hold();
      assertThat(exchange.compare().violations()).isEmpty();
      List<String> told = exchange.apply(List.of(sequences));
      exchange.commit();
      return told;
    }
  }

  private String ask(String sql) {
    return query(SERVER, database, sql);
  }

  /** Rows in the order of their text, for another order is no other content. */
  private String rows(String table) {
    return ask("SELECT string_agg(t::text, ';' ORDER BY t::text) FROM " + table + " t");
  }

  private String everything() {
    return String.join("|", ALL.stream().map(this::rows).toList());
  }

  private static TableChange change(TableExchange.Comparison comparison, String table) {
    return comparison.changes().stream()
        .filter(each -> each.table().equals(name(table)))
        .findFirst()
        .orElseThrow();
  }

  /** What happened since: rows lost, altered and added in every table, two codes swapped. */
  private void damage() {
    SERVER.execute(
        database,
        """
        SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE lote DISABLE TRIGGER USER;
        INSERT INTO lote (codigo, padre) VALUES ('new', 3);
        UPDATE lote SET codigo = 'tmp' WHERE id = 1; UPDATE lote SET codigo = 'a', peso = 7 WHERE id = 2;
        UPDATE lote SET codigo = 'b', datos = '{"a":1,"a":2}', padre = NULL WHERE id = 1;
        DELETE FROM lote WHERE id = 3;
        ALTER TABLE lote ENABLE TRIGGER anota, ENABLE ALWAYS TRIGGER siempre, ENABLE REPLICA TRIGGER replica;
        UPDATE detalle SET "de qué" = NULL WHERE lote = 2; DELETE FROM detalle WHERE lote = 1; INSERT INTO detalle VALUES (1, 7, 'n');
        DELETE FROM sin_clave WHERE ctid = (SELECT min(ctid) FROM sin_clave WHERE a = 1);
        INSERT INTO sin_clave VALUES (2, ''), (NULL, '');
        DELETE FROM medida WHERE dia = '2030-01-01'; INSERT INTO medida VALUES ('2031-01-01', 0); UPDATE medida SET v = 5 WHERE v = 'NaN';
        TRUNCATE bitacora;
        """);
  }

  @Test
  void exchangesWhatDiffersAndLeavesTheRestAndTheSchemaAsTheyWere() {
    String wanted = everything();
    damage();
    String rest = rows("movimiento") + rows("uso") + rows("proveedor");
    String schema = dumpOfSchema();
    String untouched = ask("SELECT xmin FROM sin_clave WHERE a IS NULL AND b IS NULL");

    applied(ALL);

    assertThat(everything()).isEqualTo(wanted);
    assertThat(rows("movimiento") + rows("uso") + rows("proveedor")).isEqualTo(rest);
    assertThat(dumpOfSchema()).isEqualTo(schema);
    assertThat(rows("bitacora")).isEqualTo("null");
    assertThat(ask("SELECT doble FROM lote WHERE id = 1")).isEqualTo("3.00");
    assertThat(ask("SELECT xmin FROM sin_clave WHERE a IS NULL AND b IS NULL"))
        .isEqualTo(untouched);
    // Of lote (anota, prohibe, replica, siempre), medida, medida_25 and medida_otra.
    assertThat(
            ask(
                "SELECT string_agg(tgenabled::text, '' ORDER BY tgrelid::regclass::text, tgname)"
                    + " FROM pg_trigger WHERE NOT tgisinternal"))
        .isEqualTo("ODRA" + "ODO");
  }

  @Test
  void columnsMayBeCalledAsTheComparisonCallsItsOwn() {
    String words =
        "SELECT 1 AS k, 'x' AS src, 2 AS rel, 3 AS h, 4 AS n, 5 AS t, 6 AS tid, 7 AS b, 8 AS c";
    SERVER.execute(
        database,
        "CREATE TABLE words AS " + words + "; ALTER TABLE words ADD PRIMARY KEY (k, src)");
    backup.put("words", copy("words"));
    String wanted = rows("words");
    SERVER.execute(database, "UPDATE words SET src = 'y'; INSERT INTO words VALUES (9, 'z')");

    applied(List.of("words"));

    assertThat(rows("words")).isEqualTo(wanted);
  }

  private String dumpOfSchema() {
    return Targets.dumpText(target)
        .replaceAll("(?ms)^COPY .*?^\\\\\\.$|^SELECT pg_catalog.setval.*?$", "");
  }

  @Test
  void tellsBeforehandWhatItWouldChangeAndChangesNothing() {
    damage();
    String before = everything();
    try (TableExchange exchange = loaded(false, ALL)) {
      TableExchange.Comparison comparison = exchange.compare();

      TableChange lote = change(comparison, "lote");
      assertThat(List.of(lote.added(), lote.removed(), lote.altered(), lote.untouched()))
          .containsExactly(1L, 1L, 2L, 0L);
      assertThat(lote.alteredKeys()).containsExactly("(1)", "(2)");
      assertThat(lote.removedKeys()).containsExactly("(4)");
      TableChange bare = change(comparison, "sin_clave");
      assertThat(List.of(bare.added(), bare.removed(), bare.altered())).containsExactly(1L, 2L, 0L);
      assertThat(bare.addedKeys()).isEmpty();
      assertThat(change(comparison, "medida").altered()).isEqualTo(1);
      assertThat(change(comparison, "detalle").key()).containsExactly("n", "lote");
      assertThat(exchange.surroundings().views()).containsExactly("public.resumen");
      assertThat(exchange.surroundings().foreignKeys())
          .contains("del lote of public.movimiento to public.lote");
      assertThat(exchange.compare()).isEqualTo(comparison);
      SERVER.execute(database, "UPDATE lote SET peso = 8 WHERE id = 2");
      assertThat(change(exchange.compare(), "lote").difference()).isNotEqualTo(lote.difference());
      SERVER.execute(database, "UPDATE lote SET peso = 7 WHERE id = 2");
    }
    assertThat(everything()).isEqualTo(before);
  }

  @Test
  void aForeignKeyThatWouldBreakIsToldWithKeysAndNothingIsTouched() {
    SERVER.execute(
        database,
        "INSERT INTO lote (codigo) VALUES ('new'); INSERT INTO detalle VALUES (4, 1, 'secreto')");
    String before = everything();
    try (TableExchange exchange = loaded(true, List.of("lote"))) {
      exchange.hold();
      assertThat(exchange.compare().violations())
          .singleElement()
          .asString()
          .contains("detalle_lote_fkey", "(4)")
          .doesNotContain("secreto");
      DatabaseException failure =
          (DatabaseException) Targets.failure(() -> exchange.apply(List.of()));
      assertThat(failure).hasMessageContaining("violates foreign key constraint");
    }
    assertThat(everything()).isEqualTo(before);
    assertThat(applied(List.of("lote", "detalle"))).isEmpty();
  }

  @Test
  void sequencesGoOnAndNeverBack() {
    SERVER.execute(
        database, "SELECT setval('lote_id_seq', 1); SELECT setval('movimiento_id_seq', 500)");
    SequenceValue behind = new SequenceValue(name("lote_id_seq"), 40, true);

    assertThat(applied(List.of("lote"), behind))
        .containsExactly("sequence public.lote_id_seq goes on at 41");
    assertThat(applied(List.of("lote"), new SequenceValue(name("lote_id_seq"), 9, true))).isEmpty();

    assertThat(ask("SELECT nextval('lote_id_seq')")).isEqualTo("41");
    assertThat(ask("SELECT nextval('movimiento_id_seq')")).isEqualTo("501");
  }

  @Test
  void refusesWhatItCannotDoWithTheFix() {
    SERVER.execute(
        database,
        "DROP TABLE uso; ALTER TABLE medida DETACH PARTITION medida_25; ALTER TABLE lote ADD nuevo int;"
            + " CREATE RULE r AS ON DELETE TO sin_clave DO NOTHING");
    List<ExchangeTable> wanted =
        List.of(
            new ExchangeTable(name("lote"), List.of(), columns("lote").subList(0, 3)),
            new ExchangeTable(name("sin_clave"), List.of(), columns("sin_clave")),
            new ExchangeTable(name("medida_otra"), List.of(), columns("medida_otra")),
            new ExchangeTable(name("resumen"), List.of(), List.of()),
            new ExchangeTable(name("nada"), List.of(), List.of()));
    try (TableExchange exchange =
        target.tables().exchange(new ExchangeRequest(wanted, false, Duration.ofMinutes(1)))) {
      assertThat(exchange.obstacles())
          .hasSize(5)
          .anySatisfy(o -> assertThat(o).contains("public.lote has other columns", "nuevo integer"))
          .anySatisfy(o -> assertThat(o).contains("public.sin_clave has rules"))
          .anySatisfy(o -> assertThat(o).contains("partition of public.medida"))
          .anySatisfy(o -> assertThat(o).contains("resumen is no table"))
          .anySatisfy(o -> assertThat(o).contains("nada is not in the database"));
    }
  }

  @Test
  void anOwnerNeedsNoSuperuserAndOthersAreRefused() {
    SERVER.execute(
        database,
        """
        DROP ROLE IF EXISTS duena; CREATE ROLE duena LOGIN PASSWORD 'x'; GRANT ALL ON SCHEMA public TO duena;
        ALTER TABLE lote OWNER TO duena; ALTER TABLE detalle OWNER TO duena; ALTER TABLE sin_clave OWNER TO duena;
        """);
    PostgresDatabase asOwner =
        PostgresDatabase.of(
            Targets.superuser(SERVER, database).withUser("duena").withPassword("x"));
    try (TableExchange exchange =
        asOwner
            .tables()
            .exchange(
                new ExchangeRequest(
                    List.of(new ExchangeTable(name("lote"), List.of(), columns("lote"))),
                    true,
                    Duration.ofMinutes(1)))) {
      assertThat(exchange.obstacles())
          .anySatisfy(o -> assertThat(o).contains("del lote", "belongs to somebody else"))
          .anySatisfy(o -> assertThat(o).contains("GRANT REFERENCES ON public.proveedor"));
    }
    SERVER.execute(
        database,
        "ALTER TABLE movimiento OWNER TO duena; ALTER SEQUENCE movimiento_id_seq OWNED BY movimiento.id;"
            + " GRANT REFERENCES, SELECT ON proveedor TO duena; DELETE FROM sin_clave; ALTER TABLE sin_clave FORCE ROW LEVEL SECURITY");
    try (TableExchange exchange =
        asOwner
            .tables()
            .exchange(
                new ExchangeRequest(
                    List.of(
                        new ExchangeTable(name("lote"), List.of(), columns("lote")),
                        new ExchangeTable(name("sin_clave"), List.of(), columns("sin_clave"))),
                    true,
                    Duration.ofMinutes(1)))) {
      assertThat(exchange.obstacles()).singleElement().asString().contains("BYPASSRLS");
    }
    SERVER.execute(database, "REASSIGN OWNED BY duena TO " + SERVER.superuser());
    SERVER.execute(database, "DROP OWNED BY duena; DROP ROLE duena");
  }

  @Test
  void othersReadButDoNotWriteWhileItIsHeldAndASessionKilledLeavesAllAsItWas() {
    damage();
    String before = everything();
    String transaction;
    try (TableExchange exchange = loaded(true, ALL)) {
      exchange.hold();
      assertThat(everything()).isEqualTo(before);
      assertThatThrownBy(
              () -> SERVER.execute(database, "SET lock_timeout = '50ms'; DELETE FROM uso"))
          .hasStackTraceContaining("lock timeout");
      exchange.compare();
      exchange.apply(List.of());
      transaction = exchange.id();

      assertThat(target.restorer().endLeftovers()).isEqualTo(1);

      assertThat(Targets.failure(exchange::commit)).isNotNull();
    }
    assertThat(target.restorer().fateOf(transaction)).isEqualTo(Fate.ROLLED_BACK);
    assertThat(everything()).isEqualTo(before);
  }
}
