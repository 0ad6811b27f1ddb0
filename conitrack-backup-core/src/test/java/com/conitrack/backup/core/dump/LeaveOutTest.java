package com.conitrack.backup.core.dump;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.dump.RestoreFilter.Brackets;
import com.conitrack.backup.core.model.DumpDemands;
import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.model.LeftOut;
import com.conitrack.backup.core.model.Requirements;
import com.conitrack.backup.core.model.Requirements.Extension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeaveOutTest {
  private static final LeftOut ALL =
      LeftOut.of(EnumSet.allOf(LeaveOut.class)).withSettings(Set.of("transaction_timeout"));

  private record Filtered(String text, SortedMap<String, Integer> leftOut) {}

  /** The same however the dump is cut into pieces. */
  private static Filtered filter(String dump, LeftOut leftOut) throws IOException {
    Filtered whole = filter(dump, leftOut, Integer.MAX_VALUE);
    assertThat(filter(dump, leftOut, 1)).isEqualTo(whole);
    assertThat(filter(dump, leftOut, 7)).isEqualTo(whole);
    return whole;
  }

  private static Filtered filter(String dump, LeftOut leftOut, int most) throws IOException {
    byte[] bytes = dump.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    RestoreFilter filter = new RestoreFilter(passed, Brackets.LEFT_OUT, leftOut);
    Random random = new Random(1);
    for (int from = 0; from < bytes.length; ) {
      int length = Math.min(bytes.length - from, most == 7 ? 1 + random.nextInt(7) : most);
      filter.accept(bytes, from, length);
      from += length;
    }
    filter.finish();
    return new Filtered(passed.toString(StandardCharsets.UTF_8), new TreeMap<>(filter.leftOut()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE public.lote OWNER TO ana; | ownership",
        "ALTER TABLE ONLY public.\"owner to\" OWNER TO ana; | ownership",
        "ALTER TABLE public.owner OWNER TO ana; | ownership",
        "ALTER FUNCTION public.f(a integer, b text) OWNER TO ana; | ownership",
        "ALTER OPERATOR CLASS public.oc USING btree OWNER TO ana; | ownership",
        "ALTER OPERATOR public.+ (integer, integer) OWNER TO ana; | ownership",
        "ALTER FOREIGN DATA WRAPPER w OWNER TO ana; | ownership",
        "ALTER FOREIGN TABLE public.t OWNER TO ana; | ownership",
        "ALTER LARGE OBJECT 16402 OWNER TO ana; | ownership",
        "ALTER TEXT SEARCH CONFIGURATION public.c OWNER TO ana; | ownership",
        "SET SESSION AUTHORIZATION 'ana'; | ownership",
        "RESET SESSION AUTHORIZATION; | ownership",
        "GRANT SELECT ON TABLE public.lote TO ana; | privileges",
        "REVOKE ALL ON SCHEMA public FROM PUBLIC; | privileges",
        "ALTER DEFAULT PRIVILEGES FOR ROLE ana IN SCHEMA public GRANT SELECT ON TABLES TO b; | privileges",
        "COMMENT ON EXTENSION citext IS 'a; b'; | extension-comments",
        "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f(); | event-triggers",
        "ALTER EVENT TRIGGER e DISABLE; | event-triggers",
        "COMMENT ON EVENT TRIGGER e IS 'x'; | event-triggers",
        "CREATE PUBLICATION p FOR ALL TABLES; | publications",
        "ALTER PUBLICATION p OWNER TO ana; | publications",
        "ALTER PUBLICATION p ADD TABLE ONLY public.t; | publications",
        "CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p WITH (connect = false); | publications",
        "SET transaction_timeout = 0; | setting transaction_timeout"
      })
  void leavesOutWhatItIsToldTo(String statement, String what) throws IOException {
    Filtered found = filter("SELECT 1;\n" + statement + "\nSELECT 2;\n", ALL);

    assertThat(found.text()).isEqualTo("SELECT 1;\n\nSELECT 2;\n");
    assertThat(found.leftOut()).isEqualTo(Map.of(what, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ALTER TABLE ONLY public.t ADD CONSTRAINT owner CHECK ((a > 1));",
        "ALTER TABLE ONLY public.t ALTER COLUMN owner SET DEFAULT 'to';",
        "ALTER SEQUENCE public.s OWNED BY public.t.owner;",
        "ALTER INDEX public.i ATTACH PARTITION public.j;",
        "ALTER DOMAIN public.d ADD CONSTRAINT c CHECK (VALUE > 0);",
        "COMMENT ON TABLE public.t IS 'GRANT';",
        "COMMENT ON TRIGGER event ON public.t IS 'x';",
        "CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA public;",
        "CREATE TABLE public.event (publication text);",
        "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ GRANT x TO y; $$;",
        "SET statement_timeout = 0;",
        "SET LOCAL transaction_timeout = 0;",
        "SELECT pg_catalog.set_config('search_path', '', false);",
        "COPY public.t FROM stdin;\nGRANT\tALTER TABLE t OWNER TO u;\n\\.\n"
      })
  void passesAllElse(String dump) throws IOException {
    Filtered found = filter(dump, ALL);

    assertThat(found.text()).isEqualTo(dump);
    assertThat(found.leftOut()).isEmpty();
  }

  /** What follows a name may be long; it is not held back until it could be an owner. */
  @Test
  void longStatementsPass() throws IOException {
    String check = "x > 1 OR ".repeat(5_000);
    String dump = "ALTER TABLE ONLY public.t ADD CONSTRAINT c CHECK ((" + check + "true));\n";

    assertThat(filter(dump, ALL, Integer.MAX_VALUE).text()).isEqualTo(dump);
  }

  @Test
  void leavesOutNothingElse() throws IOException {
    String dump =
        "ALTER TABLE t OWNER TO a;\nGRANT SELECT ON t TO b;\nSET transaction_timeout = 0;\n";

    assertThat(filter(dump, LeftOut.of(Set.of(LeaveOut.PRIVILEGES))).text())
        .isEqualTo(dump.replace("GRANT SELECT ON t TO b;", ""));
    assertThat(filter(dump, LeftOut.NOTHING).text()).isEqualTo(dump);
  }

  @Test
  void privilegesAreNotComparedWhereOwnersDiffer() {
    LeftOut owners = LeftOut.of(Set.of(LeaveOut.OWNERSHIP));

    assertThat(owners.told(Map.of("ownership", 3)))
        .containsExactly(
            "ownership: 3 statements not loaded, and not compared",
            "privileges: loaded, but not compared, as objects have another owner");
    assertThat(LeftOut.parse(ALL.text())).isEqualTo(ALL);
    assertThat(LeftOut.parse("")).isEqualTo(LeftOut.NOTHING);
  }

  private static DumpDemands demands() {
    return Feed.inspect(
            """
            SET transaction_timeout = 0;
            SET default_tablespace = fast;
            SET default_tablespace = '';
            CREATE EXTENSION IF NOT EXISTS citext WITH SCHEMA ext;
            COMMENT ON EXTENSION citext IS 'x';
            CREATE TABLE public."to" (a int);
            ALTER TABLE public."to" OWNER TO "Ana B";
            CREATE POLICY p ON public."to" FOR SELECT TO auditor, qa USING (true);
            CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f();
            CREATE PUBLICATION some FOR TABLE ONLY public.t;
            CREATE PUBLICATION p FOR ALL TABLES;
            REVOKE ALL ON SCHEMA public FROM PUBLIC;
            GRANT SELECT ON TABLE public."to" TO reader WITH GRANT OPTION;
            SET SESSION AUTHORIZATION boss;
            GRANT SELECT ON TABLE public."to" TO PUBLIC;
            RESET SESSION AUTHORIZATION;
            ALTER DEFAULT PRIVILEGES FOR ROLE maker IN SCHEMA public GRANT SELECT ON TABLES TO app;
            GRANT pg_read_all_data TO pg_monitor;
            """)
        .demands();
  }

  @Test
  void readsWhatTheStatementsAsk() {
    assertThat(demands())
        .isEqualTo(
            new DumpDemands(
                List.of("Ana B"),
                List.of("app", "reader"),
                List.of("boss", "maker"),
                List.of("auditor", "qa"),
                List.of(new Extension("citext", "unknown", "ext")),
                List.of("citext"),
                1,
                1,
                0,
                List.of("fast"),
                List.of("default_tablespace", "transaction_timeout")));
  }

  @Test
  void whatIsLeftOutIsNotNeeded() {
    Requirements all =
        new Requirements(
                List.of("Ana B", "app", "auditor", "database owner", "reader"),
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                null,
                List.of())
            .with(demands());

    assertThat(all.without(LeftOut.NOTHING)).isEqualTo(all);
    assertThat(all.without(LeftOut.of(Set.of(LeaveOut.OWNERSHIP))).roles())
        .containsExactly("app", "auditor", "reader");
    assertThat(all.without(LeftOut.of(Set.of(LeaveOut.PRIVILEGES))).roles())
        .containsExactly("Ana B", "auditor", "database owner");
    assertThat(all.without(ALL).demands())
        .isEqualTo(
            new DumpDemands(
                List.of(),
                List.of(),
                List.of(),
                List.of("auditor", "qa"),
                List.of(new Extension("citext", "unknown", "ext")),
                List.of(),
                0,
                0,
                0,
                List.of("fast"),
                List.of("default_tablespace")));
  }
}
