package com.conitrack.backup.core.dump;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.SequenceValue;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.TableKind;
import com.conitrack.backup.core.model.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps that pg_dump 15 wrote of databases made for this; counts are those of the databases. */
class RealDumpsTest {

  private static Fingerprint fingerprint(String resource) {
    DumpFindings found = Feed.inspect(Feed.resource(resource));
    assertThat(found.defects()).isEmpty();
    assertThat(found.dumpedFrom()).hasToString("15.18");
    return found.fingerprint();
  }

  private static TableFingerprint table(Fingerprint found, String schema, String name) {
    return found.table(new TableName(schema, name)).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hostile.sql", "hostile-inserts.sql"})
  void countsTheRowsOfEveryTable(String resource) {
    Fingerprint found = fingerprint(resource);

    assertThat(found.tables()).hasSize(19);
    assertThat(table(found, "Sch é", "s\"q tab\nle'x").rows()).isEqualTo(7);
    assertThat(table(found, "public", "first_null").rows()).isEqualTo(3);
    assertThat(table(found, "public", "zero").rows()).isEqualTo(3);
    assertThat(table(found, "public", "empty_t").rows()).isZero();
    assertThat(table(found, "public", "log").rows()).isEqualTo(10);
    assertThat(table(found, "public", "wide").rows()).isEqualTo(1);
    assertThat(table(found, "public", "part_2a").rows()).isEqualTo(67);
    assertThat(table(found, "public", "part_2d").rows()).isEqualTo(33);
    assertThat(table(found, "Sch é", "part_2").totalRows()).isEqualTo(100);
    assertThat(table(found, "public", "part").totalRows()).isEqualTo(200);
    assertThat(table(found, "public", "top").rows()).isEqualTo(1);
    assertThat(table(found, "public", "top").totalRows()).isEqualTo(10);
    assertThat(table(found, "public", "l").totalRows()).isEqualTo(6);
  }

  @Test
  void tellsKinds() {
    Fingerprint found = fingerprint("hostile.sql");

    assertThat(table(found, "public", "part").kind()).isEqualTo(TableKind.PARTITIONED);
    assertThat(table(found, "public", "unlog").kind()).isEqualTo(TableKind.UNLOGGED);
    assertThat(table(found, "public", "ft").kind()).isEqualTo(TableKind.FOREIGN);
    assertThat(found.tables())
        .extracting(TableFingerprint::kind)
        .doesNotContain(TableKind.EXTENSION);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hostile.sql", "hostile-inserts.sql", "hostile-via-root.sql"})
  void findsSequencesLargeObjectsAndKindsOfObjects(String resource) {
    Fingerprint found = fingerprint(resource);

    assertThat(found.sequences())
        .containsExactly(
            new SequenceValue(new TableName("Sch é", "back\\slash"), 7, false),
            new SequenceValue(new TableName("Sch é", "s\"q tab\nle'x_id_seq"), 7, true),
            new SequenceValue(new TableName("Sch é", "s\"q'"), 42, true),
            new SequenceValue(new TableName("public", "down"), -5, true),
            new SequenceValue(new TableName("public", "huge"), Long.MAX_VALUE, true));
    assertThat(found.largeObjects().count()).isEqualTo(3);
    assertThat(found.objects())
        .containsAllEntriesOf(
            Map.of(
                "table",
                18,
                "foreign table",
                1,
                "function",
                5,
                "procedure",
                1,
                "trigger",
                2,
                "event trigger",
                1,
                "rule",
                1,
                "materialized view",
                1,
                "sequence",
                4,
                "index",
                6));
  }

  @Test
  void schemaAndLargeObjectsDoNotDependOnTheFormOfRows() {
    Fingerprint copies = fingerprint("hostile.sql");
    Fingerprint inserts = fingerprint("hostile-inserts.sql");

    assertThat(inserts.schema()).isEqualTo(copies.schema());
    assertThat(inserts.largeObjects()).isEqualTo(copies.largeObjects());
    assertThat(inserts.objects()).isEqualTo(copies.objects());
  }

  @Test
  void rowsLoadedThroughTheRootAreCountedThere() {
    TableFingerprint root = table(fingerprint("hostile-via-root.sql"), "public", "part");

    assertThat(root.rows()).isEqualTo(200);
    assertThat(root.totalRows()).isEqualTo(200);
  }

  @Test
  void readsADatabaseInLatin1() {
    Fingerprint found = fingerprint("latin1.sql");

    assertThat(found.tables()).hasSize(1);
    assertThat(table(found, "Almacén", "Órdenes").rows()).isEqualTo(2);
    assertThat(found.sequences())
        .containsExactly(new SequenceValue(new TableName("Almacén", "nº"), 3, true));
  }

  @Test
  void readsAnEmptyDatabase() {
    Fingerprint found = fingerprint("empty.sql");

    assertThat(found.tables()).isEmpty();
    assertThat(found.objects()).isEmpty();
  }

  @Test
  void readsADatabaseWhoseStringsEscapeWithBackslashes() {
    Fingerprint found = fingerprint("backslashes-inserts.sql");

    assertThat(table(found, "public", "t").rows()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hostile.sql", "hostile-inserts.sql", "latin1.sql", "empty.sql"})
  void aReplayedDumpHasTheSameFingerprint(String resource) throws IOException {
    byte[] dump = withPsqlProofNames(Feed.resource(resource));

    DumpFindings replayed = Feed.inspect(Feed.filter(dump));

    assertThat(replayed.defects()).isEmpty();
    assertThat(replayed.fingerprint()).isEqualTo(Feed.inspect(dump).fingerprint());
  }

  /** psql itself cannot read the function {@code begin()}, which is among the hostile names. */
  private static byte[] withPsqlProofNames(byte[] dump) {
    String text = new String(dump, StandardCharsets.ISO_8859_1);
    return text.replace("public.begin()", "public.\"begin\"()")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
