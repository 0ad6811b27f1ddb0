package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.TableKind;
import com.conitrack.backup.core.model.TableName;
import org.jspecify.annotations.Nullable;

/** Enters into the ledger what DDL says of tables and of what belongs to what. */
final class TableStatements {
  private final TableLedger ledger;
  private final Session session;

  TableStatements(TableLedger ledger, Session session) {
    this.ledger = ledger;
    this.session = session;
  }

  void note(Statement statement) {
    int table = CreateKind.afterTable(statement);
    if (table > 0) {
      noteCreate(statement, table);
    } else if (statement.starts("alter", "table")) {
      noteAlter(statement, 2);
    } else if (statement.starts("alter", "foreign", "table")) {
      noteAlter(statement, 3);
    }
  }

  private void noteCreate(Statement s, int index) {
    boolean conditional = s.wordAt(index, "if");
    Names.Found found = Names.at(s, conditional ? index + 3 : index, session);
    if (found == null) {
      return;
    }
    ledger.created(found.name(), kind(s, found.next()));
    int method = partitionMethod(s, found.next());
    if (method > 0 && s.wordAt(method, "hash")) {
      ledger.hashed(found.name());
    }
    if (s.wordAt(found.next(), "partition") && s.wordAt(found.next() + 1, "of")) {
      inherits(found.name(), Names.at(s, found.next() + 2, session));
    }
    noteParents(found.name(), s, s.find(found.next(), "inherits"));
  }

  /** What a {@code CREATE TABLE} makes, whose name ends before token {@code afterName}. */
  static TableKind kind(Statement s, int afterName) {
    if (partitionMethod(s, afterName) > 0) {
      return TableKind.PARTITIONED;
    }
    if (s.wordAt(1, "foreign")) {
      return TableKind.FOREIGN;
    }
    return s.wordAt(1, "unlogged") ? TableKind.UNLOGGED : TableKind.TABLE;
  }

  /** Index of what follows {@code PARTITION BY}, or -1. */
  private static int partitionMethod(Statement s, int afterName) {
    int partition = s.find(afterName, "partition");
    while (partition >= 0 && !s.wordAt(partition + 1, "by")) {
      partition = s.find(partition + 1, "partition");
    }
    return partition < 0 ? -1 : partition + 2;
  }

  private void noteParents(TableName child, Statement s, int inherits) {
    if (inherits < 0 || !s.symbolAt(inherits + 1, '(')) {
      return;
    }
    ledger.inheritsColumns(child);
    int next = inherits + 1;
    do {
      Names.Found parent = Names.at(s, next + 1, session);
      if (parent == null) {
        return;
      }
      inherits(child, parent);
      next = parent.next();
    } while (s.symbolAt(next, ','));
  }

  private void noteAlter(Statement s, int index) {
    int only = s.wordAt(index, "if") ? index + 2 : index;
    Names.Found table = Names.at(s, s.wordAt(only, "only") ? only + 1 : only, session);
    if (table == null) {
      return;
    }
    int action = table.next();
    if (s.wordAt(action, "attach") && s.wordAt(action + 1, "partition")) {
      Names.Found child = Names.at(s, action + 2, session);
      if (child != null) {
        ledger.inherits(child.name(), table.name());
      }
    } else if (s.wordAt(action, "inherit")) {
      inherits(table.name(), Names.at(s, action + 1, session));
    }
  }

  private void inherits(TableName child, Names.@Nullable Found parent) {
    if (parent != null) {
      ledger.inherits(child, parent.name());
    }
  }
}
