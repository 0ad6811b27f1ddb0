package com.conitrack.backup.core.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadStepsTest {

  /** Notes what it is told. */
  private static final class Notes implements LoadSteps.Receiver {
    final List<LoadStep> steps = new ArrayList<>();
    final ByteArrayOutputStream all = new ByteArrayOutputStream();
    int pieces;

    @Override
    public void between(byte[] b, int from, int to) {
      all.write(b, from, to - from);
    }

    @Override
    public void piece(byte[] b, int from, int to) {
      pieces++;
      all.write(b, from, to - from);
    }

    @Override
    public void statement(LoadStep step, byte[] text) {
      steps.add(step);
      all.writeBytes(text);
    }

    @Override
    public void rows(byte[] b, int from, int to) {
      all.write(b, from, to - from);
    }

    @Override
    public void rowsEnd(byte[] marker) {
      all.writeBytes(marker);
    }
  }

  private static Notes read(String dump, int size) throws IOException {
    Notes notes = new Notes();
    LoadSteps steps = new LoadSteps(notes);
    byte[] bytes = dump.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from < bytes.length; from += size) {
      steps.accept(bytes, from, Math.min(size, bytes.length - from));
    }
    steps.finish();
    return notes;
  }

  private static LoadStep only(String statement) throws IOException {
    Notes notes = read(statement, 1);
    assertThat(notes.steps).hasSize(1);
    return notes.steps.get(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ALTER TABLE ONLY qa.t ADD CONSTRAINT \"a;b\" PRIMARY KEY (id);| Key[table=qa.t]",
        "ALTER TABLE ONLY qa.t ADD CONSTRAINT k UNIQUE (id) INCLUDE (x);| Key[table=qa.t]",
        "ALTER TABLE ONLY qa.t ADD CONSTRAINT k UNIQUE USING INDEX i;| Ordered[definition=true]",
        "ALTER TABLE ONLY qa.t ADD CONSTRAINT k EXCLUDE USING gist (r WITH &&);| Ordered[definition=true]",
        "ALTER TABLE ONLY qa.t ADD CONSTRAINT k CHECK (f(id));| Ordered[definition=true]",
        "ALTER TABLE qa.t ADD CONSTRAINT k PRIMARY KEY (id);| Ordered[definition=true]",
        "ALTER TABLE ONLY qa.t CLUSTER ON k;| Ordered[definition=true]",
        "ALTER TABLE ONLY a ADD CONSTRAINT k FOREIGN KEY (x) REFERENCES qa.b(id) ON DELETE CASCADE;| ForeignKey[from=public.a, to=qa.b]",
        "CREATE INDEX i ON ONLY qa.t USING btree (lower(x));| Index[table=qa.t]",
        "CREATE UNIQUE INDEX i ON \"Raro\".\"on\" USING btree (x);| Index[table=\"Raro\".on]",
        "CREATE INDEX CONCURRENTLY i ON qa.t (x);| Ordered[definition=true]",
        "ALTER INDEX qa.i ATTACH PARTITION qa.j;| Ordered[definition=false]",
        "COMMENT ON INDEX qa.i IS 'x';| Ordered[definition=false]",
        "SELECT pg_catalog.setval('qa.s', 7, true);| Sequence[sequence=qa.s]",
        "SELECT pg_catalog.lo_open('1', 131072);| Ordered[definition=false]",
        "SELECT pg_catalog.set_config('search_path', '', false);| Setting[]",
        "SET default_tablespace = '';| Setting[]",
        "SET LOCAL x = 1;| Unknown[]",
        "SELECT mine(1);| Unknown[]",
        "DO $$ BEGIN END $$;| Unknown[]",
        "CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f();| Unknown[]",
        "CREATE LOCAL TEMP TABLE t (id int);| Unknown[]",
        "RESET ALL;| Unknown[]",
        "BEGIN;| Begin[]",
        "COMMIT;| Commit[]"
      })
  void tellsWhatMayBeDoneApart(String statement, String step) throws IOException {
    assertThat(only(statement)).hasToString(step);
  }

  @Test
  void tellsEveryByteInItsOrder() throws IOException {
    String dump =
        "-- x\nSET a = 1;\nCOPY public.t (a) FROM stdin;\n1;\n\\\\.\n\\.\n\nSELECT setval('s', 1);\n";
    for (int size : new int[] {1, 7, 1000}) {
      Notes notes = read(dump, size);
      assertThat(notes.all.toString(StandardCharsets.UTF_8)).isEqualTo(dump);
      assertThat(notes.steps).hasSize(3);
    }
  }

  @Test
  void tellsTheFirstRowsOfTablesThatTheDumpMade() throws IOException {
    String rows = "COPY public.%s (a) FROM stdin;\n1\n\\.\n";
    Notes notes =
        read(
            "CREATE UNLOGGED TABLE public.t (a int);\n"
                + "CREATE TABLE public.p (a int)\nPARTITION BY HASH (a);\n"
                + rows.formatted("t")
                + rows.formatted("t")
                + rows.formatted("p")
                + rows.formatted("of_extension"),
            1000);

    assertThat(notes.steps.subList(2, 6))
        .extracting(Object::toString)
        .containsExactly(
            "Rows[table=public.t, first=true]",
            "Rows[table=public.t, first=false]",
            "Rows[table=public.p, first=false]",
            "Rows[table=public.of_extension, first=false]");
  }

  @Test
  void aLongStatementKeepsItsPlaceAndTakesNoMemory() throws IOException {
    String index = "CREATE INDEX i ON t USING btree ((" + "x + ".repeat(100_000) + "x));\n";
    Notes notes = read(index, 8192);

    assertThat(notes.steps).containsExactly(new LoadStep.Unknown());
    assertThat(notes.pieces).isGreaterThan(1);
    assertThat(notes.all.toString(StandardCharsets.UTF_8)).isEqualTo(index);
  }

  @Test
  void refusesCommandsAndWhatIsCut() {
    assertThatThrownBy(() -> read("\\! ls\n", 9)).hasMessageContaining("the psql command \\!");
    assertThatThrownBy(() -> read("COPY t FROM stdin;\n1\n", 9))
        .hasMessageContaining("ends inside the rows");
    assertThatThrownBy(() -> read("CREATE TABLE t (", 9)).hasMessageContaining("CREATE TABLE");
  }
}
