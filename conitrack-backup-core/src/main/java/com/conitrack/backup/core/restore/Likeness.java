package com.conitrack.backup.core.restore;

import com.conitrack.backup.core.dump.NamedContents;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A restored database held against its backup. Columns that a dump cannot bring back in their order
 * are no difference if all else is equal by their names, and are told.
 *
 * @param differences one line each; empty if and only if the two are equal
 * @param remarks what is equal only by name
 */
public record Likeness(List<String> differences, List<String> remarks) {
  private static final int MOST_TABLES = 10;
  private static final int LONGEST_LIST = 160;

  public Likeness {
    differences = List.copyOf(differences);
    remarks = List.copyOf(remarks);
  }

  /**
   * Compares.
   *
   * @param wanted what was loaded
   * @param byName the same whatever the order of columns
   * @param found what the database holds
   * @param foundByName the same whatever the order of columns
   */
  public static Likeness of(
      Fingerprint wanted, NamedContents byName, Fingerprint found, NamedContents foundByName) {
    SortedMap<TableName, String> moved = moved(byName, foundByName);
    if (moved.isEmpty()) {
      return new Likeness(wanted.differencesTo(found), List.of());
    }
    List<String> differences =
        new ArrayList<>(byName.contents().differencesTo(foundByName.contents()));
    differences.addAll(misread(moved, foundByName));
    if (differences.isEmpty()) {
      return new Likeness(
          List.of(), List.of(told(moved, " Compared by column name, all is equal.")));
    }
    differences.add(told(moved, ""));
    return new Likeness(differences, List.of());
  }

  private static SortedMap<TableName, String> moved(NamedContents wanted, NamedContents found) {
    SortedMap<TableName, String> moved = new TreeMap<>();
    wanted
        .columns()
        .forEach(
            (table, before) -> {
              List<String> now = found.columns().get(table);
              if (now != null && !now.equals(before)) {
                moved.put(table, "%s (%s; was %s)".formatted(table, list(now), list(before)));
              }
            });
    return moved;
  }

  private static String list(List<String> columns) {
    String all = String.join(", ", columns);
    return all.length() > LONGEST_LIST ? all.substring(0, LONGEST_LIST) + " …" : all;
  }

  /** Rows kept as values of columns are kept by position. */
  private static List<String> misread(SortedMap<TableName, String> moved, NamedContents found) {
    return moved.keySet().stream()
        .filter(found.columnTypes()::contains)
        .map(
            table ->
                "table "
                    + table
                    + ": its columns come back in another order, and columns elsewhere hold rows of"
                    + " it, whose values would then mean something else: make the table anew with"
                    + " the columns of its parents first")
        .toList();
  }

  private static String told(SortedMap<TableName, String> moved, String verdict) {
    String tables = moved.values().stream().limit(MOST_TABLES).collect(Collectors.joining(", "));
    int more = moved.size() - MOST_TABLES;
    return "columns come back in another order in "
        + tables
        + (more > 0 ? " and " + more + " more" : "")
        + ": a dump makes an inheriting table with the columns of its parents first, and cannot keep"
        + " another order."
        + verdict
        + " INSERT and COPY without a list of columns, and SELECT *, meet the new order";
  }
}
