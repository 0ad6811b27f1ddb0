package com.conitrack.backup.core.dump;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.TableName;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DumpPropertyTest {
  private static final String[] FRAGMENTS = {
    "CREATE TABLE ",
    "public.t",
    " (a int)",
    ";",
    "\n",
    " ",
    "COPY public.t FROM stdin;\n",
    "\\.\n",
    "\\.\r\n",
    "\\.",
    "\\",
    "'",
    "E'",
    "U&'",
    "u&\"",
    "\"",
    "$$",
    "$a$",
    "$",
    "a$",
    "$1",
    "--",
    "-",
    "/*",
    "*/",
    "/",
    "*",
    "(",
    ")",
    "INSERT INTO t VALUES (1)",
    "SELECT setval('s', 1);",
    "BEGIN ATOMIC ",
    "CREATE FUNCTION f() ",
    "END",
    "CASE ",
    "BEGIN;",
    "COMMIT;",
    "\\restrict a\n",
    "\\unrestrict a\n",
    "SET standard_conforming_strings = off;",
    "-- PostgreSQL database dump complete\n",
    "é",
    "\r",
    "1e5",
    "SELECT lo_open('1', 2);",
    "PARTITION BY ",
    "INHERITS (a, b)",
    "ALTER TABLE t INHERIT u;",
    "\t",
    "x"
  };

  @Provide
  Arbitrary<String> scripts() {
    return Arbitraries.of(FRAGMENTS).list().ofMaxSize(40).map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<String>> rows() {
    return Arbitraries.of(
            "\\", ".", "\\.", "\r", "a", "\\N", "\t", "é", "COPY t FROM stdin;", "12345678")
        .list()
        .ofMaxSize(12)
        .map(parts -> String.join("", parts))
        .filter(row -> !row.equals("\\.") && !row.equals("\\.\r"))
        .list()
        .ofMaxSize(30);
  }

  @Property(tries = 2000)
  void whatIsFoundDoesNotDependOnTheCuts(@ForAll("scripts") String script, @ForAll long seed) {
    byte[] dump = Feed.bytes(script);
    Random random = new Random(seed);

    DumpFindings whole = Feed.inspect(dump, () -> dump.length);

    assertThat(Feed.inspect(dump, () -> 1)).isEqualTo(whole);
    assertThat(Feed.inspect(dump, () -> 1 + random.nextInt(9))).isEqualTo(whole);
  }

  @Property(tries = 2000)
  void whatPassesDoesNotDependOnTheCuts(@ForAll("scripts") String script, @ForAll long seed) {
    byte[] dump = Feed.bytes(script);
    Random random = new Random(seed);

    String whole = outcome(dump, dump.length, random);

    assertThat(outcome(dump, 1, random)).isEqualTo(whole);
    assertThat(outcome(dump, 9, random)).isEqualTo(whole);
  }

  private static String outcome(byte[] dump, int most, Random random) {
    try {
      return "passed: " + new String(Feed.filter(dump, () -> 1 + random.nextInt(most)));
    } catch (IOException e) {
      return "refused: " + e.getMessage();
    }
  }

  @Property
  void rowsAreCountedAndDigestedWhateverTheyHold(
      @ForAll("rows") List<String> rows, @ForAll long seed) {
    StringBuilder data = new StringBuilder();
    rows.forEach(row -> data.append(row).append('\n'));
    byte[] dump =
        Feed.bytes("COPY public.t FROM stdin;\n" + data + "\\.\nCREATE TABLE public.u ();");
    Random random = new Random(seed);

    DumpFindings found = Feed.inspect(dump, () -> 1 + random.nextInt(40));

    TableFingerprint table = found.fingerprint().table(new TableName("public", "t")).orElseThrow();
    assertThat(table.rows()).isEqualTo(rows.size());
    assertThat(table.sha256()).isEqualTo(Sha256.of(Feed.bytes(data.toString())));
    assertThat(found.fingerprint().table(new TableName("public", "u"))).isPresent();
  }

  @Property
  void anyBytesCanBeRead(@ForAll byte[] bytes) {
    DumpFindings found = Feed.inspect(bytes, () -> Math.max(1, bytes.length));

    assertThat(found.whole()).isFalse();
    assertThat(found.plain().sha256()).isEqualTo(Sha256.of(bytes));
  }
}
