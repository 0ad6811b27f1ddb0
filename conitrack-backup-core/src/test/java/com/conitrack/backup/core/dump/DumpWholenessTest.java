package com.conitrack.backup.core.dump;

import static com.conitrack.backup.core.dump.Feed.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.Sha256;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpWholenessTest {
  private static final String TRAILER = "-- PostgreSQL database dump complete\n";
  private static final String LACKS_TRAILER =
      "lacks its last line, '-- PostgreSQL database dump complete'";

  @Test
  void nothingIsNotADump() {
    DumpFindings found = inspect("");

    assertThat(found.whole()).isFalse();
    assertThat(found.defects()).containsExactly("is empty");
    assertThat(found.plain().bytes()).isZero();
  }

  @Test
  void anArchiveIsNotAPlainDump() {
    assertThat(inspect("PGDMP\u0001\u000e;\u0000 garbage").defects())
        .containsExactly("is an archive in pg_dump's custom format, not plain SQL");
  }

  @Test
  void saysInWhichRowsADumpEnds() {
    DumpFindings found = inspect("COPY public.lote (a) FROM stdin;\n" + "x\n".repeat(499) + "\\.");

    assertThat(found.whole()).isFalse();
    assertThat(found.defects())
        .containsExactly("ends inside the rows of public.lote, after 499 of them", LACKS_TRAILER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CREATE TABLE public.t (a int| CREATE TABLE",
        "create view public.t as select 'a| a quoted text of CREATE VIEW",
        "COMMENT ON TABLE \"a| a quoted name of COMMENT ON",
        "DO $$ BEGIN END; $| a text in dollar quotes of DO",
        "/* a /* b */| a comment",
        "CREATE RULE r AS ON INSERT TO t DO (SELECT 1;| CREATE RULE",
        "COPY public.t FROM stdin| COPY",
        "\\unrestr| a psql command"
      })
  void saysInWhatADumpEnds(String dump, String what) {
    assertThat(inspect(dump).defects()).contains("ends inside " + what, LACKS_TRAILER);
  }

  @Test
  void aTrailerCountsOnlyAtTheEnd() {
    assertThat(inspect(TRAILER + "SELECT 1;\n").defects()).containsExactly(LACKS_TRAILER);
    assertThat(inspect("SELECT 1;\n" + TRAILER + "\n-- more\n/* and */\n").whole()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT '\n-- PostgreSQL database dump complete\n';\n",
        "SELECT 1 \n-- PostgreSQL database dump complete\n;",
        "/*\n-- PostgreSQL database dump complete\n*/",
        "-- PostgreSQL database dump complete",
        "-- PostgreSQL database dump completed\n",
        "COPY public.t FROM stdin;\n-- PostgreSQL database dump complete\n\\.\n"
      })
  void aTrailerIsACommentOfItsOwn(String dump) {
    assertThat(inspect(dump).defects()).containsExactly(LACKS_TRAILER);
  }

  @Test
  void aRestrictedDumpEndsWithTheSameToken() {
    String start = "\\restrict Abc1\nSELECT 1;\n" + TRAILER;

    assertThat(inspect(start + "\\unrestrict Abc1\n\n").whole()).isTrue();
    assertThat(inspect(start + "\\unrestrict Abc1\r\n\r\n").whole()).isTrue();
    assertThat(inspect(start + "\\unrestrict Abc\n").defects())
        .containsExactly("lacks the \\unrestrict line that belongs to its \\restrict line");
    assertThat(inspect(start).whole()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT 1 \\! ls;| has a psql command inside a statement",
        "COPY t FROM stdin; SELECT 1;¶\\.¶| has text between COPY and its rows",
        "INSERT INTO t SELECT 1;| has an INSERT without VALUES, whose rows cannot be counted",
        "SELECT setval(1, 2);| has a setval that cannot be read",
        "SET client_encoding = 'SJIS';| is in SJIS, which cannot be read safely: take it in the server's encoding",
        "\\connect a¶\\c b¶| is of several databases (it connects 2 times)"
      })
  void refusesWhatCouldMislead(String dump, String defect) {
    assertThat(inspect(dump.replace('¶', '\n') + "\n" + TRAILER).defects()).containsExactly(defect);
  }

  @Test
  void digestsEveryByte() {
    byte[] dump = Feed.resource("hostile.sql");

    assertThat(inspect(dump).plain().bytes()).isEqualTo(dump.length);
    assertThat(inspect(dump).plain().sha256()).isEqualTo(Sha256.of(dump));
  }

  @ParameterizedTest
  @CsvSource({
    "latin1.sql, 1",
    "empty.sql, 1",
    "backslashes-inserts.sql, 1",
    "hostile.sql, 37",
    "hostile-inserts.sql, 41"
  })
  void noBeginningOfADumpIsWhole(String name, int step) {
    byte[] dump = Feed.resource(name);
    int needed = dump.length - 1;
    assertThat(dump[needed]).as("the blank line at the end").isEqualTo((byte) '\n');

    for (int length = needed - 1; length >= 0; length -= step) {
      byte[] cut = Arrays.copyOf(dump, length);
      assertThat(inspect(cut, () -> cut.length).whole()).as("first %s bytes", length).isFalse();
    }
    assertThat(inspect(dump).whole()).isTrue();
  }
}
