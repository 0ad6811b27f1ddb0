package com.conitrack.backup.core.dump;

import static com.conitrack.backup.core.dump.Feed.filter;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreFilterTest {

  @Test
  void leavesOutTransactionControlOfThePgDump() throws IOException {
    assertThat(
            filter("BEGIN;\n\nSELECT lo_open('1', 2);\n\nCOMMIT;\n/* x */commit work ;SELECT 2;"))
        .isEqualTo("\n\nSELECT lo_open('1', 2);\n\n\n/* x */SELECT 2;");
  }

  /** psql would put variables of its own there, such as the user's name for "USER". */
  @Test
  void nothingIsInterpolated() throws IOException {
    assertThat(filter("SELECT a[1:\"USER\"], b::text, c[:'x'], d[:n], e[:{?n}], f[1:2];\n"))
        .isEqualTo("SELECT a[1: \"USER\"], b::text, c[: 'x'], d[: n], e[: {?n}], f[1:2];\n");
    String quoted = "SELECT ':x', \":x\", $$:x$$, f(a := 1), 1::int /* :x */; -- :x\n";
    assertThat(filter(quoted)).isEqualTo(quoted);
  }

  @Test
  void leavesOutRestrictLines() throws IOException {
    assertThat(filter("--\n\\restrict Abc\nSELECT 1;\n\\unrestrict Abc\n\n"))
        .isEqualTo("--\nSELECT 1;\n\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t (a int);\nCOPY t FROM stdin;\n\\\\.\n\\.x\nBEGIN;\n\\connect x\n\\.\n",
        "COPY t FROM stdin;\r\n1\r\n\\.\r\nSELECT 1;\r\n",
        "CREATE FUNCTION f() RETURNS void AS $$ BEGIN; COMMIT;\n\\! ls\n $$;\n",
        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END;\n",
        "SELECT 'COMMIT;\n\\! ls';\n-- \\! ls\n/* \\! ls */ ;\n",
        "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);\n",
        "CREATE TABLE commit (\"begin\" int); DROP TABLE database; ALTER TABLE t ADD a int;\n",
        "PREPARE p AS SELECT 1;\nCREATE/* DATABASE */TABLE a ();DROP SCHEMA s;",
        "- 1; / 2;"
      })
  void passesAllElseUnchanged(String dump) throws IOException {
    assertThat(filter(dump)).isEqualTo(dump);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\\connect postgres¶| the psql command \\connect",
        "\\! rm -rf /¶| the psql command \\!",
        "\\copy t from stdin¶| the psql command \\copy",
        "\\restricted¶| the psql command \\restricted",
        "SELECT 1; \\i x¶| the psql command \\i",
        "ROLLBACK;| ROLLBACK",
        "rollback to savepoint a;| ROLLBACK",
        "ABORT;| ABORT",
        "END;| END",
        "SAVEPOINT a;| SAVEPOINT",
        "RELEASE a;| RELEASE",
        "START /* x */ -- y¶ TRANSACTION;| START TRANSACTION",
        "PREPARE TRANSACTION 'x';| PREPARE TRANSACTION",
        "COMMIT PREPARED 'x';| COMMIT with options",
        "COMMIT AND CHAIN;| COMMIT with options",
        "BEGIN ISOLATION LEVEL SERIALIZABLE;| BEGIN with options",
        "CREATE DATABASE x;| CREATE DATABASE",
        "drop database if exists x;| DROP DATABASE",
        "ALTER DATABASE x OWNER TO y;| ALTER DATABASE",
        "COPY t FROM PROGRAM 'touch /tmp/x';| a COPY whose rows do not follow it",
        "COPY public.stdin (a) FROM '/etc/passwd';| a COPY whose rows do not follow it",
        "COPY (SELECT 1 FROM stdin) TO PROGRAM 'x';| a COPY whose rows do not follow it"
      })
  void refusesWhatCouldLeaveTheTransaction(String dump, String what) {
    assertThatThrownBy(() -> filter(Feed.bytes(dump.replace('¶', '\n')), () -> 1))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("unable to replay the dump: it holds ")
        .hasMessageContaining("holds " + what);
  }

  @Test
  void refusesCommandsInsideStatements() {
    assertThatThrownBy(() -> filter("SELECT 1 \\! ls\n;"))
        .hasMessage("unable to replay the dump: it has a psql command inside a statement");
    assertThatThrownBy(() -> filter("SELECT 1 \\; COMMIT;"))
        .hasMessage("unable to replay the dump: it has a psql command inside a statement");
  }

  @Test
  void refusesWhatPsqlWouldMisread() {
    String rest = "() RETURNS int LANGUAGE sql AS 'SELECT 1;';\nCREATE TABLE t ();";

    assertThatThrownBy(() -> filter("CREATE FUNCTION public.begin" + rest))
        .hasMessageContaining("psql cannot tell where its CREATE FUNCTION ends");
    assertThatCode(() -> filter("CREATE FUNCTION public.\"begin\"" + rest))
        .doesNotThrowAnyException();
  }

  @Test
  void letsNothingOfARefusedStatementPass() {
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    RestoreFilter filter = new RestoreFilter(passed);
    byte[] dump = Feed.bytes("SELECT 1;DROP DATABASE x;");

    assertThatThrownBy(() -> filter.accept(dump, 0, dump.length)).isInstanceOf(IOException.class);
    assertThat(passed.toString()).isEqualTo("SELECT 1;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "COPY t FROM stdin;¶1¶| the rows of a COPY",
        "COPY t FROM stdin;| the rows of a COPY",
        "COPY t FROM stdin;¶\\.| the rows of a COPY",
        "SELECT 'a| a quoted text of SELECT",
        "SELECT 1| SELECT",
        "/* | a comment",
        "\\restrict a| a psql command"
      })
  void tellsThatTheDumpEndedTooEarly(String dump, String where) {
    assertThatThrownBy(() -> filter(dump.replace('¶', '\n')))
        .hasMessage("unable to replay the dump: it ends inside " + where);
  }

  @Test
  void doesNotHoldStatementsOfAnyLength() throws IOException {
    String padding = " ".repeat(100_000);

    assertThat(filter("COMMIT" + padding + ";SELECT 1;")).isEqualTo("SELECT 1;");
    assertThatThrownBy(() -> filter("DROP" + padding + "DATABASE x;"))
        .hasMessageContaining("first words are more than 16384 bytes apart");
  }

  @Test
  void writesRowsInLargePieces() throws IOException {
    int[] writes = {0};
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int b) {
            writes[0] += 1_000_000;
          }

          @Override
          public void write(byte[] b, int off, int len) {
            writes[0]++;
          }
        };
    byte[] dump = Feed.bytes("COPY t FROM stdin;\n" + "\\N\t1\n".repeat(10_000) + "\\.\n");
    RestoreFilter filter = new RestoreFilter(counting);
    filter.accept(dump, 0, dump.length);
    filter.finish();

    assertThat(writes[0]).isLessThan(10);
  }
}
