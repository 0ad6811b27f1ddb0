package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.model.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A statement of the dump in which tables can be given other names.
 *
 * @param order in which such statements are executed: constraints that check a row, then keys and
 *     indexes, then what ties tables together
 * @param pieces the text between the names, one more than there are names
 * @param tables the tables named, in order
 */
record Template(Order order, List<String> pieces, List<TableName> tables) {
  /** When it is executed. */
  enum Order {
    CHECK,
    KEY,
    TIE
  }

  Template {
    pieces = List.copyOf(pieces);
    tables = List.copyOf(tables);
  }

  /** The statement in which these names, at their places, are to be replaced. */
  static Template of(Order order, SqlText sql, SqlText.Found... names) {
    List<SqlText.Found> sorted = new ArrayList<>(List.of(names));
    sorted.sort(Comparator.comparing(SqlText.Found::start));
    String whole = sql.whole();
    List<String> pieces = new ArrayList<>();
    int from = 0;
    for (SqlText.Found name : sorted) {
      pieces.add(whole.substring(from, name.start()));
      from = name.end();
    }
    pieces.add(whole.substring(from));
    return new Template(order, pieces, sorted.stream().map(SqlText.Found::table).toList());
  }

  /** The statement with the tables under other names; empty if it names one that has none. */
  Optional<String> with(Map<TableName, String> names) {
    if (!names.keySet().containsAll(tables)) {
      return Optional.empty();
    }
    StringBuilder sql = new StringBuilder(pieces.get(0));
    for (int i = 0; i < tables.size(); i++) {
      sql.append(names.get(tables.get(i))).append(pieces.get(i + 1));
    }
    return Optional.of(sql.toString());
  }
}
