package com.conitrack.backup.core.policy;

import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.RuleResult;
import com.conitrack.backup.core.model.TableFingerprint;
import com.conitrack.backup.core.model.TableKind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One dump held against {@link ContentRules}. */
final class ContentCheck {
  private static final Set<TableKind> COUNTED =
      EnumSet.of(TableKind.TABLE, TableKind.PARTITIONED, TableKind.UNLOGGED);
  private static final String NO_SUCH_TABLE = "no such table";

  private final ContentRules rules;
  private final Fingerprint now;
  private final List<RuleResult> results = new ArrayList<>();

  private ContentCheck(ContentRules rules, Fingerprint now) {
    this.rules = rules;
    this.now = now;
  }

  static List<RuleResult> results(
      ContentRules rules, Fingerprint now, ByteDigest stored, @Nullable Fingerprint lastGood) {
    PolicyCheck.requireValid(rules);
    ContentCheck check = new ContentCheck(rules, now);
    check.tables();
    check.rows();
    check.results.addAll(ShrinkCheck.results(rules, now, lastGood));
    check.size(stored);
    return List.copyOf(check.results);
  }

  private void tables() {
    if (rules.minimumTables() > 0) {
      long found = now.tables().stream().filter(t -> COUNTED.contains(t.kind())).count();
      String rule = "at least " + count(rules.minimumTables(), "table");
      add(rule, found >= rules.minimumTables(), count(found, "table"));
    }
    for (String required : rules.requiredTables()) {
      List<TableFingerprint> found = matching(required);
      add("table " + required + " is there", !found.isEmpty(), names(found));
    }
  }

  private void rows() {
    if (rules.minimumRows() > 0) {
      String rule = "at least " + count(rules.minimumRows(), "row");
      add(rule, now.rows() >= rules.minimumRows(), count(now.rows(), "row"));
    }
    rules.minimumTableRows().forEach(this::rowsOf);
  }

  private void rowsOf(String table, long least) {
    if (least > 0) {
      List<TableFingerprint> found = matching(table);
      boolean met = !found.isEmpty() && found.stream().allMatch(t -> t.totalRows() >= least);
      add("at least " + count(least, "row") + " in " + table, met, namesWithRows(found));
    }
  }

  private void size(ByteDigest stored) {
    if (rules.minimumStoredBytes() > 0) {
      String rule = "at least " + count(rules.minimumStoredBytes(), "stored byte");
      boolean met = stored.bytes() >= rules.minimumStoredBytes();
      add(rule, met, count(stored.bytes(), "stored byte"));
    }
  }

  private void add(String rule, boolean met, String detail) {
    results.add(new RuleResult(rule, met, detail));
  }

  private List<TableFingerprint> matching(String table) {
    TablePattern pattern = TablePattern.parse(table);
    return now.tables().stream().filter(t -> pattern.matches(t.name())).toList();
  }

  private static String names(List<TableFingerprint> tables) {
    return tables.isEmpty()
        ? NO_SUCH_TABLE
        : tables.stream().map(t -> t.name().toString()).collect(Collectors.joining(", "));
  }

  private static String namesWithRows(List<TableFingerprint> tables) {
    return tables.isEmpty()
        ? NO_SUCH_TABLE
        : tables.stream()
            .map(t -> count(t.totalRows(), "row") + " in " + t.name())
            .collect(Collectors.joining(", "));
  }

  static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }
}
