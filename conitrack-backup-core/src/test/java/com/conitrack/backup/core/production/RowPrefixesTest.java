package com.conitrack.backup.core.production;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.dump.DumpRows;
import com.conitrack.backup.core.model.TableName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RowPrefixesTest {
  private static final TableName TABLE = new TableName("public", "lote_aud");

  private final RowPrefixes prefixes = new RowPrefixes(TABLE::equals);
  private final List<String> added = new ArrayList<>();

  @Test
  void rowsThatWereAddedAreTold() throws IOException {
    compare(dump("id", "1", "2"), dump("id", "1", "2", "3", "2"));

    assertThat(added).containsExactly("3", "2");
    assertThat(prefixes.others()).isEmpty();
    assertThat(prefixes.onlyLater(TABLE)).isEqualTo(2);
    assertThat(prefixes.onlyBackup(TABLE)).isZero();
  }

  @Test
  void aTableThatTheBackupDoesNotHaveIsAddedWhole() throws IOException {
    compare("", dump("id", "1", "2"));

    assertThat(added).containsExactly("1", "2");
    assertThat(prefixes.others()).isEmpty();
  }

  @Test
  void aTableThatIsGoneHasNothingToTell() throws IOException {
    compare(dump("id", "1", "2"), "");

    assertThat(prefixes.others()).isEmpty();
    assertThat(prefixes.onlyBackup(TABLE)).isEqualTo(2);
  }

  @Test
  void anythingElseIsLeftToAnotherWay() throws IOException {
    String backup = dump("id", "1", "2", "3");
    for (String later :
        List.of(
            dump("id", "1", "2"),
            dump("id", "2", "1", "3", "4"),
            dump("id", "1", "x", "3", "4"),
            dump("id", "1", "x", "3"),
            dump("other", "1", "2", "3", "4"))) {
      compare(backup, later);

      assertThat(added).as(later).isEmpty();
      assertThat(prefixes.others()).as(later).containsExactly(TABLE);
      assertThat(prefixes.onlyLater(TABLE)).as(later).isNull();
    }
  }

  /** Whatever the parts are, together they tell what one comparison of all rows does. */
  @Test
  void comparedInPartsTheRowsAreTheSame() throws IOException {
    String[] before = rows(0, 500);
    String[] after = rows(3, 700);
    for (int parts : List.of(1, 2, 7)) {
      added.clear();
      for (int part = 0; part < parts; part++) {
        RowComparison comparison = new RowComparison(TABLE::equals, part, parts);
        write(comparison.backup(), dump("id", before));
        write(comparison.later(this::add), dump("id", after));
      }
      assertThat(new TreeSet<>(added)).as("%d parts", parts).hasSize(200);
      assertThat(added).hasSize(200).allMatch(row -> Integer.parseInt(row) >= 500);
    }
  }

  /** Rows of any size are compared without being held, and told whole to whoever asks for them. */
  @Test
  void longRowsAreComparedAsOthersAre() throws IOException {
    String row = "x".repeat(3 << 20);
    String other = row.substring(1) + "y";
    RowComparison counted = new RowComparison(TABLE::equals);
    write(counted.backup(), dump("id", row, "1"));
    write(counted.later(), dump("id", "1", row, other, row));
    compare(dump("id", row), dump("id", row, other));

    assertThat(counted.onlyLater(TABLE)).isEqualTo(2);
    assertThat(counted.onlyBackup(TABLE)).isZero();
    assertThat(prefixes.onlyLater(TABLE)).isEqualTo(1);
    assertThat(added).containsExactly(other);

    write(prefixes.later(), dump("id", other));

    assertThat(prefixes.others()).containsExactly(TABLE);
  }

  private static String[] rows(int from, int to) {
    List<String> rows = new ArrayList<>();
    for (int i = from; i < to; i++) {
      rows.add(Integer.toString(i));
    }
    return rows.toArray(String[]::new);
  }

  private void compare(String backup, String later) throws IOException {
    write(prefixes.backup(), backup);
    write(prefixes.later(this::add), later);
  }

  private void add(DumpRows.Copied table, byte[] line, int length) {
    added.add(new String(line, 0, length, StandardCharsets.UTF_8));
  }

  private static void write(OutputStream sink, String dump) throws IOException {
    sink.write(dump.getBytes(StandardCharsets.UTF_8));
  }

  private static String dump(String column, String... rows) {
    return "COPY public.lote_aud (" + column + ") FROM stdin;\n" + lines(rows) + "\\.\n\n";
  }

  private static String lines(String... rows) {
    return rows.length == 0 ? "" : String.join("\n", rows) + "\n";
  }
}
