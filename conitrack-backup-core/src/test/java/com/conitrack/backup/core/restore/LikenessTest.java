package com.conitrack.backup.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.dump.DumpInspector;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LikenessTest {
  private static final String PARENT =
      "CREATE TABLE public.parent (\n    a integer,\n    late integer\n);\n";
  private static final String CHILD =
      "CREATE TABLE public.child (\n    \"C, d\" text,\n    late integer\n)\n"
          + "INHERITS (public.parent);\n";
  private static final String CHILD_AGAIN =
      "CREATE TABLE public.child (\n    late integer,\n    \"C, d\" text\n)\n"
          + "INHERITS (public.parent);\n";
  private static final String COMMENTS =
      "COMMENT ON COLUMN public.child.\"C, d\" IS 'c';\n"
          + "COMMENT ON COLUMN public.child.late IS 'l';\n";
  private static final String COMMENTS_AGAIN =
      "COMMENT ON COLUMN public.child.late IS 'l';\n"
          + "COMMENT ON COLUMN public.child.\"C, d\" IS 'c';\n";
  private static final String BACKUP =
      PARENT + CHILD + COMMENTS + rows("a, \"C, d\", late", "1\tx\t2\n3\t\\N\t4\n");

  private static String rows(String columns, String lines) {
    return "COPY public.child (" + columns + ") FROM stdin;\n" + lines + "\\.\n";
  }

  private static Likeness compare(String wanted, String found) {
    DumpFindings before = inspect(wanted);
    DumpFindings after = inspect(found);
    return Likeness.of(before.fingerprint(), before.named(), after.fingerprint(), after.named());
  }

  /** Piece by piece, as rows may be cut anywhere. */
  private static DumpFindings inspect(String dump) {
    DumpInspector inspector = new DumpInspector();
    for (byte each : dump.getBytes(StandardCharsets.UTF_8)) {
      inspector.accept(new byte[] {each}, 0, 1);
    }
    return inspector.finish();
  }

  @Test
  void columnsInAnotherOrderAreToldAndNoDifference() {
    Likeness likeness =
        compare(
            BACKUP,
            PARENT
                + CHILD_AGAIN
                + COMMENTS_AGAIN
                + rows("a, late, \"C, d\"", "1\t2\tx\n3\t4\t\\N\n"));

    assertThat(likeness.differences()).isEmpty();
    assertThat(likeness.remarks())
        .singleElement()
        .asString()
        .contains(
            "public.child (a, late, C, d; was a, C, d, late)", "by column name, all is equal");
  }

  @Test
  void anEmptyTableIsToldToo() {
    Likeness likeness =
        compare(
            PARENT + CHILD + rows("a, \"C, d\", late", ""),
            PARENT + CHILD + rows("a, late, \"C, d\"", ""));

    assertThat(likeness.differences()).isEmpty();
    assertThat(likeness.remarks()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1\t2\tx\n3\t4\t\n",
        "1\tx\t2\n3\t\\N\t4\n",
        "3\t4\t\\N\n1\t2\tx\n",
        "1\t2\tx\n",
        "1\t2\tx\n3\t4\t\\N\n3\t4\t\\N\n",
        "1\t2x\t\n3\t4\t\\N\n",
        "1\t2\tx\t\n3\t4\t\\N\n"
      })
  void otherRowsAreADifference(String lines) {
    Likeness likeness =
        compare(BACKUP, PARENT + CHILD_AGAIN + COMMENTS_AGAIN + rows("a, late, \"C, d\"", lines));

    assertThat(likeness.differences())
        .anyMatch(line -> line.startsWith("table public.child: "))
        .anyMatch(line -> line.contains("was a, C, d, late"));
    assertThat(likeness.remarks()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"    late bigint,\n    \"C, d\" text\n", "    late integer\n"})
  void otherColumnsAreADifference(String definition) {
    String child = "CREATE TABLE public.child (\n" + definition + ")\nINHERITS (public.parent);\n";

    Likeness likeness =
        compare(
            BACKUP,
            PARENT + child + COMMENTS_AGAIN + rows("a, late, \"C, d\"", "1\t2\tx\n3\t4\t\\N\n"));

    assertThat(likeness.differences()).anyMatch(line -> line.startsWith("schema: "));
  }

  /** Rows as values are written without names, and would be read in the new order. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE public.h (\n    id integer,\n    x public.child\n);\n",
        "CREATE UNLOGGED TABLE public.h (\n    \"x y\" public.child[] NOT NULL\n);\n",
        "CREATE TYPE public.h AS (\n\tx public.child\n);\n",
        "CREATE DOMAIN public.h AS public.child;\n"
      })
  void valuesThatAreRowsOfSuchATableAreADifference(String holder) {
    Likeness likeness =
        compare(
            PARENT + CHILD + holder + rows("a, \"C, d\", late", ""),
            PARENT + CHILD + holder + rows("a, late, \"C, d\"", ""));

    assertThat(likeness.differences()).anyMatch(line -> line.contains("hold rows of it"));
  }
}
