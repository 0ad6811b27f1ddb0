package com.conitrack.backup.core.dump;

import static com.conitrack.backup.core.dump.Feed.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.LargeObjects;
import com.conitrack.backup.core.model.SequenceValue;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.TableKind;
import com.conitrack.backup.core.model.TableName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpInspectorTest {
  private static final String END = "\n--\n-- PostgreSQL database dump complete\n--\n\n";

  private static Fingerprint fingerprint(String statements) {
    DumpFindings findings = inspect(statements + END);
    assertThat(findings.defects()).isEmpty();
    return findings.fingerprint();
  }

  private static TableFingerprint onlyTable(String statements) {
    List<TableFingerprint> tables = fingerprint(statements).tables();
    assertThat(tables).hasSize(1);
    return tables.get(0);
  }

  private static Sha256 sha256(String text) {
    return Sha256.of(Feed.bytes(text));
  }

  private static TableName name(String name) {
    return new TableName("public", name);
  }

  @Test
  void countsAndDigestsRowsOfACopy() {
    TableFingerprint table =
        onlyTable("CREATE TABLE public.t (a int);\nCOPY public.t (a) FROM stdin;\n1\n2\n\\.\n");

    assertThat(table)
        .isEqualTo(new TableFingerprint(name("t"), TableKind.TABLE, 2, 2, sha256("1\n2\n")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE public.x (a int);\n",
        "COPY public.x (a) FROM stdin;\n",
        "-- PostgreSQL database dump complete\n",
        "\\\\.\n",
        "\\.x\n",
        "\\. \n",
        "\\.\\.\n",
        "\\\n",
        "\\.\r\r\n",
        ".\n",
        "\\N\t\\N\n",
        "\\\\x5c2e\n",
        "'$$\"/*(--\n",
        "\n",
        "x\r\n",
        "\\\\\\.\n",
        "\\connect postgres\n"
      })
  void takesAnyLineButTheMarkerForARow(String row) {
    TableFingerprint table = onlyTable("COPY public.t FROM stdin;\n" + row + row + "\\.\n");

    assertThat(table.rows()).isEqualTo(2);
    assertThat(table.sha256()).isEqualTo(sha256(row + row));
  }

  @Test
  void readsTheFormOfDumpsWithOids() {
    assertThat(onlyTable("COPY t (a, b) WITH OIDS FROM stdin;\n1\t2\t3\n\\.\n").rows())
        .isEqualTo(1);
  }

  @Test
  void acceptsAMarkerWithACarriageReturn() {
    TableFingerprint table = onlyTable("COPY public.t FROM stdin;\r\n1\r\n\\.\r\n");

    assertThat(table.rows()).isEqualTo(1);
    assertThat(table.sha256()).isEqualTo(sha256("1\r\n"));
  }

  @Test
  void takesEmptyLinesForRowsOfATableWithoutColumns() {
    assertThat(onlyTable("COPY public.t  FROM stdin;\n\n\n\n\\.\n").rows()).isEqualTo(3);
  }

  @Test
  void addsUpSeveralBlocksOfOneTable() {
    TableFingerprint table =
        onlyTable("COPY public.t FROM stdin;\n1\n\\.\n\nCOPY public.t FROM stdin;\n2\n\\.\n");

    assertThat(table.rows()).isEqualTo(2);
    assertThat(table.sha256()).isEqualTo(sha256("1\n2\n"));
  }

  @Test
  void readsQuotedNames() {
    TableFingerprint table =
        onlyTable(
            "COPY \"Sch é.\"\"x\"\"\".\"a;b\nCOPY t FROM stdin;\" (\"c)d\", \"FROM\") FROM stdin;\n1\n\\.\n");

    assertThat(table.name()).isEqualTo(new TableName("Sch é.\"x\"", "a;b\nCOPY t FROM stdin;"));
    assertThat(table.rows()).isEqualTo(1);
  }

  @Test
  void doesNotHoldColumnListsInMemory() {
    String columns = "\"" + "c".repeat(60) + "\", ";

    assertThat(
            onlyTable("COPY public.t (" + columns.repeat(1600) + "z) FROM stdin;\n1\n\\.\n").rows())
        .isEqualTo(1);
  }

  @Test
  void copyFromElsewhereHasNoRowsBehindIt() {
    Fingerprint found = fingerprint("COPY public.t FROM '/stdin';\nCREATE TABLE public.u ();\n");

    assertThat(found.table(name("u"))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE FUNCTION f() RETURNS void AS $$COPY x FROM stdin;\n1\n$$;",
        "CREATE FUNCTION f() RETURNS void AS $_$ $$;$$ $x$;$_ $_$;",
        "CREATE FUNCTION f() RETURNS void AS $é1$ $é$;$é1;$é1$;",
        "COMMENT ON TABLE t IS 'it''s; COPY x FROM stdin;\n1\n';",
        "COMMENT ON TABLE t IS 'a\\';",
        "COMMENT ON TABLE t IS E'a\\';\\\\'';\\\\';",
        "COMMENT ON TABLE t IS e'a\\';';",
        "COMMENT ON TABLE t IS E'a'\n  '\\';';",
        "COMMENT ON TABLE t IS E'a' -- ';\n '\\';';",
        "COMMENT ON TABLE t IS 'a'\n '\\';",
        "COMMENT ON TABLE t IS U&'a\\';",
        "COMMENT ON TABLE t IS U&'\\;' UESCAPE '\\';",
        "COMMENT ON TABLE t IS N'a\\';",
        "SELECT B'1;', X'a;', xyz'a\\', E 'a\\';",
        "COMMENT ON TABLE \"a;\"\"b'\" IS NULL;",
        "COMMENT ON TABLE U&\"a;b\\\" IS NULL;",
        "COMMENT /* ; /* ' */ */ ON -- ; '\n TABLE t IS NULL;",
        "COMMENT /*/ ; */ ON /***/ TABLE /**/ t IS NULL;",
        "SELECT a$b$c; ",
        "SELECT $1, 1$$;$$;",
        "SELECT $1a$b;",
        "SELECT $a b;",
        "SELECT 1 - - 2 / 3 -/* ; */ 1;",
        "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT ')'; SELECT (2););",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE WHEN a THEN 1 END; END;",
        "CREATE OR REPLACE PROCEDURE f() LANGUAGE sql begin /**/ Atomic SELECT (CASE WHEN a THEN 1 END); END;",
        "CREATE FUNCTION public.begin() RETURNS int AS 'SELECT 1;';",
        "CREATE FUNCTION atomic.\"begin\"(\"end\" int) RETURNS int AS 'SELECT 1;';"
      })
  void findsTheEndOfAStatementAsPsqlDoes(String statement) {
    Fingerprint found = fingerprint(statement + "CREATE TABLE public.after ();\n");

    assertThat(found.tables()).extracting(TableFingerprint::name).containsExactly(name("after"));
    assertThat(found.schema())
        .isEqualTo(sha256(statement.strip() + "\nCREATE TABLE public.after ();\n"));
  }

  @Test
  void readsBackslashesByTheSettingOfTheDump() {
    String text =
        "COMMENT ON TABLE t IS '\\';'; COMMENT ON TABLE t IS U&'\\'; SELECT N'\\';';"
            + " CREATE TABLE public.t ();";

    assertThat(fingerprint("SET standard_conforming_strings = off;\n" + text).tables()).hasSize(1);
    assertThat(
            fingerprint("SELECT set_config('standard_conforming_strings', 'off', false);" + text)
                .tables())
        .hasSize(1);
  }

  @Test
  void digestsTheSchemaWithoutWhatStandsBetweenStatements() {
    Fingerprint found =
        fingerprint(
            "-- c\n\n/* c; */ SET a = 1 -- x\n ;\\restrict A\nSELECT 1;;\n\n\\unrestrict A\n");

    assertThat(found.schema()).isEqualTo(sha256("SET a = 1 -- x\n ;\nSELECT 1;\n;\n"));
  }

  @Test
  void keepsRowsAndValuesOutOfTheSchema() {
    Fingerprint found =
        fingerprint(
            "BEGIN;\nCREATE TABLE public.t (a int);\nCOPY public.t (a) FROM stdin;\n1\n\\.\n"
                + "INSERT INTO public.t VALUES (1);\n"
                + "SELECT pg_catalog.setval('public.s', 4, true);\n"
                + "SELECT pg_catalog.lo_open('16400', 131072);\n"
                + "SELECT lowrite(0, '\\x27');\nCOMMIT;\n");

    assertThat(found.schema()).isEqualTo(sha256("CREATE TABLE public.t (a int);\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "INSERT INTO public.t VALUES (1, '(,(', NULL)| 1",
        "INSERT INTO t(a, b) VALUES (1, 2), (3, (4)), (5, ARRAY[(6), (7)])| 3",
        "INSERT INTO public.t OVERRIDING SYSTEM VALUE VALUES (1)| 1",
        "INSERT INTO public.t DEFAULT VALUES| 1",
        "INSERT INTO public.t VALUES (1), (2) ON CONFLICT DO NOTHING| 2",
        "INSERT INTO public.t VALUES (1), (2) ON CONFLICT (a) DO NOTHING| 2",
        "INSERT INTO public.t(values, \"values\") VALUES (1)| 1",
        "INSERT INTO public /* ( */ . t VALUES (1)| 1"
      })
  void countsTheRowsOfAnInsert(String statement, long rows) {
    TableFingerprint table = onlyTable(statement + ";\n");

    assertThat(table)
        .isEqualTo(
            new TableFingerprint(
                name("t"), TableKind.EXTENSION, rows, rows, sha256(statement + ";\n")));
  }

  @Test
  void countsMoreTuplesThanTokensAreKept() {
    assertThat(onlyTable("INSERT INTO public.t VALUES (1)" + ", (2)".repeat(999) + ";").rows())
        .isEqualTo(1000);
  }

  @Test
  void sumsUpPartitionsOfAllLevels() {
    Fingerprint found =
        fingerprint(
            "CREATE TABLE public.p (k int)\nPARTITION BY RANGE (k);\n"
                + "CREATE TABLE public.q (k int)\nPARTITION BY LIST (k);\n"
                + "CREATE TABLE public.r (k int);\n"
                + "ALTER TABLE ONLY public.p ATTACH PARTITION public.q FOR VALUES FROM (1) TO (2);\n"
                + "ALTER TABLE ONLY public.q ATTACH PARTITION public.r DEFAULT;\n"
                + "CREATE TABLE public.s PARTITION OF public.p DEFAULT;\n"
                + "COPY public.r FROM stdin;\n1\n\\.\nCOPY public.s FROM stdin;\n2\n3\n\\.\n");

    assertThat(found.table(name("p")).orElseThrow())
        .isEqualTo(new TableFingerprint(name("p"), TableKind.PARTITIONED, 0, 3, Sha256.OF_NOTHING));
    assertThat(found.table(name("q")).orElseThrow().totalRows()).isEqualTo(1);
    assertThat(found.table(name("r")).orElseThrow().kind()).isEqualTo(TableKind.TABLE);
  }

  @Test
  void countsTheFootOfADiamondOnce() {
    Fingerprint found =
        fingerprint(
            "CREATE TABLE public.top (a int);\n"
                + "CREATE TABLE public.l (b int)\nINHERITS (public.top);\n"
                + "CREATE TABLE public.r (c int)\nINHERITS (public.top);\n"
                + "CREATE TABLE public.\"fo,ot\" ()\nINHERITS (public.l, public.r);\n"
                + "CREATE TABLE public.late ();\n"
                + "ALTER TABLE public.late INHERIT public.\"fo,ot\";\n"
                + "COPY public.top FROM stdin;\n1\n\\.\nCOPY public.\"fo,ot\" FROM stdin;\n2\n\\.\n"
                + "COPY public.late FROM stdin;\n\n\\.\n");

    assertThat(found.table(name("top")).orElseThrow().totalRows()).isEqualTo(3);
    assertThat(found.table(name("top")).orElseThrow().rows()).isEqualTo(1);
    assertThat(found.table(name("l")).orElseThrow().totalRows()).isEqualTo(2);
  }

  @Test
  void doesNotListAParentThatTheDumpLacks() {
    Fingerprint found = fingerprint("CREATE TABLE public.c (a int) INHERITS (other.p);\n");

    assertThat(found.tables()).extracting(TableFingerprint::name).containsExactly(name("c"));
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE TABLE public.t (a int), TABLE",
    "CREATE TABLE IF NOT EXISTS public.t (), TABLE",
    "CREATE UNLOGGED TABLE public.t (), UNLOGGED",
    "CREATE FOREIGN TABLE public.t () SERVER s, FOREIGN",
    "CREATE UNLOGGED TABLE public.t () PARTITION BY HASH (a), PARTITIONED",
    "CREATE TABLE public.t OF public.partition_by, TABLE",
    "CREATE TABLE public.t PARTITION OF public.u FOR VALUES IN (1) PARTITION BY LIST (a), PARTITIONED"
  })
  void tellsKindsOfTables(String statement, TableKind kind) {
    Fingerprint found = fingerprint(statement + ";");

    assertThat(found.table(name("t")).orElseThrow().kind()).isEqualTo(kind);
  }

  @Test
  void findsTheSchemaOfANameInTheSearchPathOfOlderDumps() {
    Fingerprint found =
        fingerprint(
            "CREATE TABLE a ();\nSET search_path = \"Sch é\", pg_catalog;\nCREATE TABLE b ();\n"
                + "SELECT pg_catalog.setval('q', 1, false);\n"
                + "SELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE c ();\n");

    assertThat(found.tables())
        .extracting(TableFingerprint::name)
        .containsExactlyInAnyOrder(name("a"), new TableName("Sch é", "b"), name("c"));
    assertThat(found.sequences())
        .containsExactly(new SequenceValue(new TableName("Sch é", "q"), 1, false));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'public.s', 42, true| public| s| 42| true",
        "'\"Sch é\".\"s''q\"\"\"', 1, false| Sch é| s'q\"| 1| false",
        "E'public.\"a\\\\\\\\b\\'\"', 1, false| public| a\\\\b'| 1| false",
        "'Public.S', -9223372036854775808, true| public| s| -9223372036854775808| true",
        "'a.\"b.c\"', 9223372036854775807| a| b.c| 9223372036854775807| true"
      })
  void readsSequenceValues(String arguments, String schema, String name, long value, boolean c) {
    assertThat(fingerprint("SELECT pg_catalog.setval(" + arguments + ");\n").sequences())
        .containsExactly(new SequenceValue(new TableName(schema, name), value, c));
  }

  @Test
  void countsLargeObjectsAndDigestsWhatWritesThem() {
    String data =
        "SELECT pg_catalog.lo_open('16400', 131072);\nSELECT pg_catalog.lowrite(0, '\\x27');\n"
            + "SELECT pg_catalog.lo_close(0);\n";
    Fingerprint found =
        fingerprint("SELECT pg_catalog.lo_create('16400');\nBEGIN;\n\n" + data + "\nCOMMIT;\n");

    assertThat(found.largeObjects()).isEqualTo(new LargeObjects(1, sha256(data)));
    assertThat(found.schema()).isEqualTo(sha256("SELECT pg_catalog.lo_create('16400');\n"));
  }

  @ParameterizedTest
  @CsvSource({
    "CREATE UNIQUE INDEX i ON t, index",
    "CREATE OR REPLACE FUNCTION f(), function",
    "CREATE CONSTRAINT TRIGGER t, trigger",
    "CREATE EVENT TRIGGER t, event trigger",
    "CREATE MATERIALIZED VIEW v, materialized view",
    "CREATE OPERATOR public.=== (a), operator",
    "CREATE OPERATOR CLASS c, operator class",
    "CREATE OPERATOR FAMILY c, operator family",
    "CREATE TEXT SEARCH CONFIGURATION c, text search configuration",
    "CREATE FOREIGN DATA WRAPPER w, foreign data wrapper",
    "CREATE FOREIGN TABLE t (), foreign table",
    "CREATE USER MAPPING FOR u, user mapping",
    "CREATE ACCESS METHOD m, access method",
    "CREATE DEFAULT CONVERSION c, conversion",
    "CREATE TRUSTED PROCEDURAL LANGUAGE l, language",
    "CREATE UNLOGGED SEQUENCE s, sequence",
    "CREATE CAST (text AS t), cast",
    "CREATE TRANSFORM FOR t, transform",
    "CREATE SCHEMA s, schema",
    "create extension if not exists e, extension",
    "CREATE NOVELTY n, novelty"
  })
  void countsObjectsByKind(String statement, String kind) {
    assertThat(fingerprint(statement + ";").objects()).containsOnlyKeys(kind).containsValue(1);
  }

  @Test
  void readsTheHeader() {
    DumpFindings found =
        inspect(
            "-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)\n"
                + "-- Dumped by pg_dump version 17beta1\nSET client_encoding = 'UTF8';"
                + END);

    assertThat(found.dumpedFrom()).hasToString("15.18");
    assertThat(found.dumpedBy()).hasToString("17beta1");
    assertThat(found.encoding()).isEqualTo("UTF8");
  }

  @Test
  void decodesNamesInTheEncodingOfTheDump() {
    byte[] dump =
        ("SET client_encoding = 'LATIN1';\nCREATE TABLE public.\"año\" ();" + END)
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThat(inspect(dump).fingerprint().tables().get(0).name()).isEqualTo(name("año"));
  }

  @Test
  void decodesNamesWithoutAnEncodingAsTheyCanBe() {
    String text = "SET client_encoding = 'SQL_ASCII';\nCREATE TABLE public.\"año\" ();" + END;

    assertThat(inspect(text).fingerprint().tables().get(0).name()).isEqualTo(name("año"));
    assertThat(
            inspect(text.getBytes(StandardCharsets.ISO_8859_1))
                .fingerprint()
                .tables()
                .get(0)
                .name())
        .isEqualTo(name("año"));
  }

  @Test
  void countsWhileItReads() {
    DumpInspector inspector = new DumpInspector();
    byte[] first = Feed.bytes("CREATE TABLE public.t ();COPY public.t FROM stdin;\n1\n2\n3");
    inspector.accept(first, 0, first.length);

    assertThat(inspector.tablesSoFar()).isEqualTo(1);
    assertThat(inspector.rowsSoFar()).isEqualTo(2);
  }
}
