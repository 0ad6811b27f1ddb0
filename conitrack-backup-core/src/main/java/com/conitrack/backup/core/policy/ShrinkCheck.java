package com.conitrack.backup.core.policy;

import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.RuleResult;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.TableName;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One dump held against the last good one. */
final class ShrinkCheck {
  private static final int TOLD_AT_MOST = 10;

  private final @Nullable Fingerprint lastGood;
  private final long rowsNow;
  private final Map<TableName, Long> tableRowsNow;
  private final List<RuleResult> results = new ArrayList<>();

  private ShrinkCheck(Fingerprint now, @Nullable Fingerprint lastGood) {
    this.lastGood = lastGood;
    this.rowsNow = now.rows();
    this.tableRowsNow =
        now.tables().stream()
            .collect(
                Collectors.toMap(
                    TableFingerprint::name, TableFingerprint::totalRows, (one, other) -> one));
  }

  static List<RuleResult> results(
      ContentRules rules, Fingerprint now, @Nullable Fingerprint lastGood) {
    ShrinkCheck check = new ShrinkCheck(now, lastGood);
    check.overall(rules.greatestShrink());
    check.perTable(rules);
    return check.results;
  }

  private void overall(double limit) {
    judge(
        "in all",
        limit,
        good -> new Finding(within(rowsNow, good.rows(), limit), change(good.rows(), rowsNow)));
  }

  private void perTable(ContentRules rules) {
    Map<String, TablePattern> named = new LinkedHashMap<>();
    rules.tableShrink().keySet().forEach(name -> named.put(name, TablePattern.parse(name)));
    rules
        .tableShrink()
        .forEach(
            (name, limit) ->
                judge("of " + name, limit, compare(limit, t -> name.equals(firstOf(named, t)))));
    double limit = rules.greatestTableShrink();
    String which = named.isEmpty() ? "of any table" : "of any other table";
    judge(which, limit, compare(limit, t -> firstOf(named, t) == null));
  }

  private static @Nullable String firstOf(Map<String, TablePattern> named, TableName table) {
    for (Map.Entry<String, TablePattern> candidate : named.entrySet()) {
      if (candidate.getValue().matches(table)) {
        return candidate.getKey();
      }
    }
    return null;
  }

  private void judge(String which, double limit, Comparison comparison) {
    if (limit < 1) {
      Finding finding =
          lastGood == null
              ? new Finding(true, "no good backup to compare with")
              : comparison.with(lastGood);
      results.add(
          new RuleResult(
              "rows "
                  + which
                  + " fewer by at most "
                  + percent(limit)
                  + " than in the last good backup",
              finding.met(),
              finding.detail()));
    }
  }

  private Comparison compare(double limit, Predicate<TableName> concerned) {
    return good -> {
      List<TableFingerprint> tables =
          good.tables().stream().filter(t -> concerned.test(t.name())).toList();
      List<String> shrunk =
          tables.stream()
              .filter(t -> !within(rowsNow(t), t.totalRows(), limit))
              .map(this::tell)
              .toList();
      return shrunk.isEmpty()
          ? new Finding(true, ContentCheck.count(tables.size(), "table") + " compared")
          : new Finding(false, firstFew(shrunk));
    };
  }

  private long rowsNow(TableFingerprint before) {
    return tableRowsNow.getOrDefault(before.name(), 0L);
  }

  private String tell(TableFingerprint before) {
    boolean gone = !tableRowsNow.containsKey(before.name());
    String change = change(before.totalRows(), rowsNow(before));
    return before.name() + ": " + (gone ? "the table is gone, " : "") + change;
  }

  private static String change(long before, long now) {
    return ContentCheck.count(now, "row") + ", " + before + " before";
  }

  private static String firstFew(List<String> all) {
    String told = all.stream().limit(TOLD_AT_MOST).collect(Collectors.joining("; "));
    int more = all.size() - TOLD_AT_MOST;
    return more > 0 ? told + "; and " + ContentCheck.count(more, "more table") : told;
  }

  /** Exact: as doubles, 71 rows of 100 would be more than 29 % fewer. */
  private static boolean within(long now, long before, double limit) {
    BigDecimal allowed = BigDecimal.valueOf(limit).multiply(BigDecimal.valueOf(before));
    return allowed.compareTo(BigDecimal.valueOf(before - now)) >= 0;
  }

  private static String percent(double fraction) {
    return BigDecimal.valueOf(fraction).movePointRight(2).stripTrailingZeros().toPlainString()
        + " %";
  }

  private interface Comparison {
    Finding with(Fingerprint lastGood);
  }

  private record Finding(boolean met, String detail) {}
}
