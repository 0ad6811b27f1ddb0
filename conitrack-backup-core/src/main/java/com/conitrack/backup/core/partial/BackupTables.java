package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.dump.DumpStatements;
import com.conitrack.backup.core.model.TableName;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads out of a plain dump how its tables are defined, and which are parts of which. Not
 * thread-safe.
 */
final class BackupTables {
  private static final Set<String> AFTER_TYPE =
      Set.of(
          "collate",
          "default",
          "not",
          "null",
          "constraint",
          "generated",
          "storage",
          "compression",
          "check",
          "primary",
          "unique",
          "references",
          "options");

  private static final Set<String> TABLE_CONSTRAINT =
      Set.of("constraint", "check", "primary", "unique", "exclude", "foreign", "not", "like");

  private final Map<TableName, Draft> drafts = new LinkedHashMap<>();

  /** What is known of one table so far. */
  private static final class Draft {
    private final List<BackupColumn> columns = new ArrayList<>();
    private final Set<TableName> parents = new LinkedHashSet<>();
    private final List<Template> further = new ArrayList<>();
    private @Nullable List<String> rowColumns;
    private @Nullable String partitionKey;
    private boolean foreign;
  }

  /** Takes the dump's plain bytes. */
  OutputStream reading() {
    drafts.clear();
    DumpStatements statements =
        new DumpStatements((sql, schema) -> statement(new SqlText(sql, schema)));
    return new OutputStream() {
      @Override
      public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) {
        statements.accept(bytes, offset, length);
      }
    };
  }

  /** The names of all tables, in the dump's order. */
  Set<TableName> names() {
    return drafts.keySet();
  }

  /** A table, if the dump defines it. */
  Optional<BackupTable> table(TableName name) {
    Draft draft = drafts.get(name);
    return draft == null
        ? Optional.empty()
        : Optional.of(
            new BackupTable(
                name,
                columns(draft),
                draft.rowColumns,
                List.copyOf(draft.parents),
                draft.partitionKey,
                draft.foreign,
                draft.further));
  }

  /** These tables and, as they belong to them, their partitions and inheriting tables. */
  Set<TableName> withParts(Collection<TableName> chosen) {
    Set<TableName> all = new LinkedHashSet<>(chosen);
    int before;
    do {
      before = all.size();
      drafts.forEach(
          (name, draft) -> {
            if (draft.parents.stream().anyMatch(all::contains)) {
              all.add(name);
            }
          });
    } while (all.size() > before);
    return all;
  }

  /** In the order of the rows, where there are any; what is computed comes last. */
  private List<BackupColumn> columns(Draft draft) {
    Map<String, BackupColumn> byName = new LinkedHashMap<>();
    collect(draft, byName);
    List<String> order = draft.rowColumns;
    if (order == null) {
      return List.copyOf(byName.values());
    }
    List<BackupColumn> sorted = new ArrayList<>();
    for (String name : order) {
      BackupColumn column = byName.remove(name);
      if (column != null) {
        sorted.add(column);
      }
    }
    sorted.addAll(byName.values());
    return sorted;
  }

  private void collect(Draft draft, Map<String, BackupColumn> into) {
    for (TableName parent : draft.parents) {
      Draft above = drafts.get(parent);
      if (above != null) {
        collect(above, into);
      }
    }
    draft.columns.forEach(column -> into.put(column.name(), column));
  }

  private void statement(SqlText sql) {
    if (sql.is(0, "create", "table") || sql.is(0, "create", "unlogged", "table")) {
      table(sql, sql.is(1, "table") ? 2 : 3, false);
    } else if (sql.is(0, "create", "foreign", "table")) {
      table(sql, 3, true);
    } else if (sql.is(0, "alter", "table")) {
      alter(sql);
    } else if (sql.is(0, "create", "index") || sql.is(0, "create", "unique", "index")) {
      index(sql);
    } else if (sql.is(0, "copy")) {
      copy(sql);
    }
  }

  private void table(SqlText sql, int index, boolean foreign) {
    SqlText.Found name = sql.name(index);
    if (name == null || !sql.isSymbol(name.next(), '(')) {
      return;
    }
    Draft draft = drafts.computeIfAbsent(name.table(), any -> new Draft());
    draft.foreign = foreign;
    int close = sql.closing(name.next());
    int from = name.next() + 1;
    for (int i = from; i <= close; i++) {
      if (i == close || sql.isSymbol(i, ',') && sql.token(i).depth() == 1) {
        if (i > from) {
          element(draft, sql, name, from, i);
        }
        from = i + 1;
      }
    }
    inherits(draft, name.table(), sql, close + 1);
    partitioned(draft, sql, close + 1);
  }

  private static void element(Draft draft, SqlText sql, SqlText.Found table, int from, int to) {
    SqlText.Token first = sql.token(from);
    int end = sql.token(to).start();
    if (first.kind() == SqlText.Kind.WORD && TABLE_CONSTRAINT.contains(first.text())) {
      if (sql.find(from, 1, "check") >= 0) {
        draft.further.add(
            new Template(
                Template.Order.CHECK,
                List.of("ALTER TABLE ", " ADD " + sql.text(first.start(), end)),
                List.of(table.table())));
      }
      return;
    }
    int after = sql.find(from + 1, 1, AFTER_TYPE);
    int typeEnd = after < 0 || after >= to ? to : after;
    int collate = typeEnd < to && sql.is(typeEnd, "collate") ? typeEnd : -1;
    SqlText.Found collation = collate < 0 ? null : sql.name(collate + 1);
    draft.columns.add(
        new BackupColumn(
            first.text(),
            sql.text(sql.token(from + 1).start(), sql.token(typeEnd).start()),
            collation == null ? null : sql.text(collation.start(), collation.end()),
            isNotNull(sql, typeEnd, to),
            generated(sql, typeEnd, to)));
  }

  private static boolean isNotNull(SqlText sql, int from, int to) {
    for (int i = from; i < to - 1; i++) {
      if (sql.token(i).depth() == 1 && sql.is(i, "not", "null")) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String generated(SqlText sql, int from, int to) {
    int word = sql.find(from, 1, "generated");
    if (word < 0 || word >= to || !sql.is(word, "generated", "always", "as")) {
      return null;
    }
    int open = word + 3;
    return sql.isSymbol(open, '(')
        ? sql.text(sql.token(open).end(), sql.token(sql.closing(open)).start())
        : null;
  }

  private static void inherits(Draft draft, TableName table, SqlText sql, int from) {
    if (!sql.is(from, "inherits")) {
      return;
    }
    int next = from + 1;
    do {
      SqlText.Found parent = sql.name(next + 1);
      if (parent == null) {
        return;
      }
      draft.parents.add(parent.table());
      draft.further.add(
          new Template(
              Template.Order.TIE,
              List.of("ALTER TABLE ", " INHERIT ", ""),
              List.of(table, parent.table())));
      next = parent.next();
    } while (sql.isSymbol(next, ','));
  }

  private static void partitioned(Draft draft, SqlText sql, int from) {
    int partition = sql.find(from, 0, "partition");
    if (partition >= 0 && sql.is(partition + 1, "by")) {
      int open = partition + 2;
      while (open < sql.size() - 1 && !sql.isSymbol(open, '(')) {
        open++;
      }
      draft.partitionKey =
          sql.text(sql.token(partition + 2).start(), sql.token(sql.closing(open)).end());
    }
  }

  private void alter(SqlText sql) {
    SqlText.Found table = sql.name(sql.is(2, "only") ? 3 : 2);
    Draft draft = table == null ? null : drafts.get(table.table());
    if (table == null || draft == null) {
      return;
    }
    int action = table.next();
    if (sql.is(action, "attach", "partition")) {
      belongs(Template.Order.TIE, sql, table, sql.name(action + 2), true);
    } else if (sql.is(action, "inherit")) {
      belongs(Template.Order.TIE, sql, table, sql.name(action + 1), false);
    } else if (sql.is(action, "add", "constraint")) {
      constraint(draft, sql, table, action + 3);
    }
  }

  private void belongs(
      Template.Order order,
      SqlText sql,
      SqlText.Found table,
      SqlText.@Nullable Found other,
      boolean attaches) {
    Draft part = other == null ? null : drafts.get(attaches ? other.table() : table.table());
    if (other != null && part != null) {
      part.parents.add(attaches ? table.table() : other.table());
      part.further.add(Template.of(order, sql, table, other));
    }
  }

  private static void constraint(Draft draft, SqlText sql, SqlText.Found table, int kind) {
    if (sql.is(kind, "foreign", "key")) {
      int references = sql.find(kind, 0, "references");
      SqlText.Found other = references < 0 ? null : sql.name(references + 1);
      if (other != null) {
        draft.further.add(Template.of(Template.Order.TIE, sql, table, other));
      }
    } else {
      Template.Order order = sql.is(kind, "check") ? Template.Order.CHECK : Template.Order.KEY;
      draft.further.add(Template.of(order, sql, table));
    }
  }

  private void index(SqlText sql) {
    int on = sql.find(2, 0, "on");
    SqlText.Found table = on < 0 ? null : sql.name(sql.is(on + 1, "only") ? on + 2 : on + 1);
    Draft draft = table == null ? null : drafts.get(table.table());
    if (table != null && draft != null) {
      draft.further.add(Template.of(Template.Order.KEY, sql, table));
    }
  }

  private void copy(SqlText sql) {
    SqlText.Found table = sql.name(1);
    Draft draft = table == null ? null : drafts.get(table.table());
    if (table == null || draft == null) {
      return;
    }
    List<String> columns = new ArrayList<>();
    if (sql.isSymbol(table.next(), '(')) {
      for (int i = table.next() + 1; i < sql.closing(table.next()); i++) {
        if (sql.token(i).isName()) {
          columns.add(sql.token(i).text());
        }
      }
    }
    draft.rowColumns = List.copyOf(columns);
  }
}
