package com.conitrack.backup.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.LargeObjects;
import com.conitrack.backup.core.model.RuleResult;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.TableKind;
import com.conitrack.backup.core.model.TableName;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentRulesTest {
  private static final ByteDigest STORED = new ByteDigest(6_000, Sha256.OF_NOTHING);

  @Test
  void noRuleNoResult() {
    assertThat(ContentRules.NONE.evaluate(dump(), STORED, null)).isEmpty();
  }

  @Test
  void numberOfTables() {
    ContentRules two = ContentRules.builder().minimumTables(2).build();

    assertResult(
        two, dump(table("a", 0), table("b", 0)), null, "at least 2 tables", true, "2 tables");
    assertResult(two, dump(table("a", 9)), null, "at least 2 tables", false, "1 table");
  }

  @Test
  void onlyTablesThatTheDumpCreatesCount() {
    Fingerprint dump =
        dump(
            table("public", "plain", TableKind.TABLE, 1, 1),
            table("public", "parent", TableKind.PARTITIONED, 0, 0),
            table("public", "fast", TableKind.UNLOGGED, 1, 1),
            table("public", "elsewhere", TableKind.FOREIGN, 0, 0),
            table("public", "of_extension", TableKind.EXTENSION, 1, 1));

    assertResult(
        ContentRules.builder().minimumTables(4).build(),
        dump,
        null,
        "at least 4 tables",
        false,
        "3 tables");
  }

  @Test
  void requiredTables() {
    ContentRules rules = ContentRules.builder().requireTables("lotes", "stock.lotes").build();
    Fingerprint dump =
        dump(
            table("archive", "lotes", TableKind.TABLE, 1, 1),
            table("public", "lotes", TableKind.TABLE, 1, 1));

    assertThat(rules.evaluate(dump, STORED, null))
        .containsExactly(
            new RuleResult("table lotes is there", true, "archive.lotes, public.lotes"),
            new RuleResult("table stock.lotes is there", false, "no such table"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "lotes, public, lotes, true",
        "Lotes, public, lotes, false",
        "lote, public, lotes, false",
        "lote*, public, lotes, true",
        "*.lotes, public, lotes, true",
        "pub*.*_aud, public, lotes_aud, true",
        "pub*.*_aud, private, lotes_aud, false",
        "'\"a.b\"', public, a.b, true",
        "'\"a.b\".\"c\"\"d\"', a.b, 'c\"d', true",
        "'\"x*\"', public, xy, false",
        "'\"x*\"', public, x*, true",
        "'Órdenes (2)', public, 'Órdenes (2)', true",
        "'[a-z]+', public, lotes, false"
      })
  void tableNames(String pattern, String schema, String name, boolean there) {
    ContentRules rules = ContentRules.builder().requireTables(pattern).build();
    Fingerprint dump = dump(table(schema, name, TableKind.TABLE, 0, 0));

    assertThat(rules.evaluate(dump, STORED, null))
        .extracting(RuleResult::met)
        .containsExactly(there);
  }

  @Test
  void numberOfRowsCountsEachOnce() {
    ContentRules rules = ContentRules.builder().minimumRows(7).build();
    Fingerprint dump =
        dump(
            table("public", "parent", TableKind.PARTITIONED, 0, 6), table("p1", 4), table("p2", 2));

    assertResult(rules, dump, null, "at least 7 rows", false, "6 rows");
  }

  @Test
  void rowsOfATableAreThoseThatCountTells() {
    ContentRules rules =
        ContentRules.builder().minimumRows("parent", 6).minimumRows("gone", 1).build();
    Fingerprint dump = dump(table("public", "parent", TableKind.PARTITIONED, 0, 6), table("p1", 6));

    assertThat(rules.evaluate(dump, STORED, null))
        .containsExactly(
            new RuleResult("at least 6 rows in parent", true, "6 rows in public.parent"),
            new RuleResult("at least 1 row in gone", false, "no such table"));
  }

  @Test
  void everyTableOfTheNameNeedsTheRows() {
    ContentRules rules = ContentRules.builder().minimumRows("lotes", 2).build();
    Fingerprint dump =
        dump(
            table("archive", "lotes", TableKind.TABLE, 9, 9),
            table("public", "lotes", TableKind.TABLE, 1, 1));

    assertResult(
        rules,
        dump,
        null,
        "at least 2 rows in lotes",
        false,
        "9 rows in archive.lotes, 1 row in public.lotes");
  }

  @Test
  void storedBytes() {
    assertResult(
        ContentRules.builder().minimumStoredBytes(6_000).build(),
        dump(),
        null,
        "at least 6000 stored bytes",
        true,
        "6000 stored bytes");
    assertResult(
        ContentRules.builder().minimumStoredBytes(1_000_000).build(),
        dump(),
        null,
        "at least 1000000 stored bytes",
        false,
        "6000 stored bytes");
  }

  @ParameterizedTest
  @CsvSource({
    "0.2, 100, 80, true",
    "0.2, 100, 79, false",
    "0.2, 100, 101, true",
    "0, 100, 100, true",
    "0, 100, 99, false",
    "0.29, 100, 71, true",
    "0.29, 100, 70, false",
    "0.5, 0, 0, true",
    "0.1, 3, 2, false"
  })
  void shrinkOfAllRows(double limit, long before, long now, boolean met) {
    ContentRules rules = ContentRules.builder().greatestShrink(limit).build();

    assertThat(rules.evaluate(dump(table("t", now)), STORED, dump(table("t", before))))
        .extracting(RuleResult::met)
        .containsExactly(met);
  }

  @Test
  void shrinkOfAllRowsIsTold() {
    ContentRules rules = ContentRules.builder().greatestShrink(0.125).build();

    assertResult(
        rules,
        dump(table("t", 1)),
        dump(table("t", 8)),
        "rows in all fewer by at most 12.5 % than in the last good backup",
        false,
        "1 row, 8 before");
  }

  @Test
  void shrinkOfATableThatOthersMakeUpFor() {
    ContentRules rules =
        ContentRules.builder().greatestShrink(0.5).greatestTableShrink(0.5).build();
    Fingerprint before = dump(table("a", 100), table("b", 100));
    Fingerprint now = dump(table("a", 10), table("b", 190));

    assertThat(rules.evaluate(now, STORED, before))
        .containsExactly(
            new RuleResult(
                "rows in all fewer by at most 50 % than in the last good backup",
                true, "200 rows, 200 before"),
            new RuleResult(
                "rows of any table fewer by at most 50 % than in the last good backup",
                false, "public.a: 10 rows, 100 before"));
  }

  @Test
  void aTableThatIsGoneHasShrunkToNothing() {
    ContentRules rules = ContentRules.builder().greatestTableShrink(0.9).build();

    assertResult(
        rules,
        dump(table("new", 100)),
        dump(table("old", 1)),
        "rows of any table fewer by at most 90 % than in the last good backup",
        false,
        "public.old: the table is gone, 0 rows, 1 before");
  }

  @Test
  void rowsThatMoveBetweenPartitionsAreNotLost() {
    ContentRules rules =
        ContentRules.builder().greatestTableShrink(0.1).greatestTableShrink("events_*", 1).build();
    Fingerprint before =
        dump(table("public", "events", TableKind.PARTITIONED, 0, 100), table("events_1", 100));
    Fingerprint now =
        dump(table("public", "events", TableKind.PARTITIONED, 0, 95), table("events_2", 95));

    assertResult(
        rules,
        now,
        before,
        "rows of any other table fewer by at most 10 % than in the last good backup",
        true,
        "1 table compared");
  }

  @Test
  void aLimitOfItsOwnAppliesInsteadOfTheGeneralOne() {
    ContentRules rules =
        ContentRules.builder()
            .greatestTableShrink(0.5)
            .greatestTableShrink("revinfo", 0)
            .greatestTableShrink("*", 0.9)
            .build();
    Fingerprint before = dump(table("revinfo", 10), table("lotes", 10));

    assertThat(rules.evaluate(dump(table("revinfo", 9), table("lotes", 1)), STORED, before))
        .extracting(RuleResult::rule, RuleResult::met)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "rows of revinfo fewer by at most 0 % than in the last good backup", false),
            org.assertj.core.groups.Tuple.tuple(
                "rows of * fewer by at most 90 % than in the last good backup", true),
            org.assertj.core.groups.Tuple.tuple(
                "rows of any other table fewer by at most 50 % than in the last good backup",
                true));
  }

  @Test
  void manyShrunkTablesAreNotAllTold() {
    ContentRules rules = ContentRules.builder().greatestTableShrink(0).build();
    Fingerprint before =
        dump(
            IntStream.range(0, 12)
                .mapToObj(i -> table("t" + i, 1))
                .toArray(TableFingerprint[]::new));

    assertThat(rules.evaluate(dump(), STORED, before))
        .singleElement()
        .satisfies(r -> assertThat(r.detail()).endsWith("; and 2 more tables"));
  }

  @Test
  void withoutAGoodBackupThereIsNothingToCompareWith() {
    ContentRules rules =
        ContentRules.builder().greatestShrink(0.1).greatestTableShrink(0.1).build();

    assertThat(rules.evaluate(dump(), STORED, null))
        .hasSize(2)
        .allSatisfy(r -> assertThat(r.met()).isTrue())
        .allSatisfy(r -> assertThat(r.detail()).isEqualTo("no good backup to compare with"));
  }

  @Test
  void invalidRulesAreRefused() {
    ContentRules rules = ContentRules.builder().minimumTables(-1).build();

    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> rules.evaluate(dump(), STORED, null));
  }

  private static void assertResult(
      ContentRules rules,
      Fingerprint now,
      @Nullable Fingerprint lastGood,
      String rule,
      boolean met,
      String detail) {
    assertThat(rules.evaluate(now, STORED, lastGood))
        .containsExactly(new RuleResult(rule, met, detail));
  }

  private static Fingerprint dump(TableFingerprint... tables) {
    return new Fingerprint(
        List.of(tables), List.of(), LargeObjects.NONE, new TreeMap<>(), Sha256.OF_NOTHING);
  }

  private static TableFingerprint table(String name, long rows) {
    return table("public", name, TableKind.TABLE, rows, rows);
  }

  private static TableFingerprint table(
      String schema, String name, TableKind kind, long rows, long totalRows) {
    return new TableFingerprint(
        new TableName(schema, name), kind, rows, totalRows, Sha256.OF_NOTHING);
  }
}
