package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.SequenceValue;
import com.conitrack.backup.core.model.TableKind;
import com.conitrack.backup.core.model.TableName;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the step of a complete statement. Only what pg_dump writes for the common case is known as
 * independent; all else keeps its place.
 */
final class LoadStepRules {
  /** They change objects and data, never the session. */
  private static final Set<String> STATELESS =
      Set.of("alter", "comment", "create", "drop", "grant", "insert", "refresh", "revoke");

  /** Of the functions pg_dump calls, those that change only what they name. */
  private static final Set<String> STATELESS_FUNCTIONS =
      Set.of(
          "lo_open",
          "lowrite",
          "lo_close",
          "lo_create",
          "pg_extension_config_dump",
          "pg_restore_relation_stats",
          "pg_restore_attribute_stats");

  private final Session session;

  /** Tables made so far that no rows have come for. */
  private final Set<TableName> empty = new HashSet<>();

  LoadStepRules(Session session) {
    this.session = session;
  }

  LoadStep of(Statement s) {
    if (s.starts("begin")) {
      return new LoadStep.Begin();
    }
    if (s.starts("commit")) {
      return new LoadStep.Commit();
    }
    if (s.readsRows()) {
      TableName table = nameAt(s, 1);
      return table == null ? new LoadStep.Unknown() : new LoadStep.Rows(table, empty.remove(table));
    }
    if (s.starts("set")) {
      return s.wordAt(1, "local") ? new LoadStep.Unknown() : new LoadStep.Setting();
    }
    if (s.starts("select")) {
      return ofFunction(s);
    }
    return ofDefinition(s);
  }

  private LoadStep ofFunction(Statement s) {
    int name = s.wordAt(1, "pg_catalog") && s.symbolAt(2, '.') ? 3 : 1;
    if (s.wordAt(name, "set_config")) {
      return new LoadStep.Setting();
    }
    if (s.wordAt(name, "setval")) {
      SequenceValue value = SequenceStatement.read(s, session);
      return value == null ? new LoadStep.Ordered(false) : new LoadStep.Sequence(value.name());
    }
    boolean known =
        name < s.size()
            && s.symbolAt(name + 1, '(')
            && STATELESS_FUNCTIONS.contains(Names.fold(s.token(name), null));
    return known ? new LoadStep.Ordered(false) : new LoadStep.Unknown();
  }

  private LoadStep ofDefinition(Statement s) {
    LoadStep independent = independent(s);
    if (independent != null) {
      return independent;
    }
    if (!s.has(1) || !STATELESS.contains(Names.fold(s.token(0), null)) || changesAll(s)) {
      return new LoadStep.Unknown();
    }
    noteTable(s);
    boolean definition =
        s.starts("create") || s.starts("drop") || s.starts("alter") && !s.wordAt(1, "index");
    return new LoadStep.Ordered(definition);
  }

  private void noteTable(Statement s) {
    int index = CreateKind.afterTable(s);
    Names.Found table = index < 0 ? null : Names.at(s, index, session);
    if (table != null && !s.wordAt(index, "if")) {
      TableKind kind = TableStatements.kind(s, table.next());
      if (kind == TableKind.TABLE || kind == TableKind.UNLOGGED) {
        empty.add(table.name());
      }
    }
  }

  /** An event trigger sees every statement after it; a temporary object only its own session. */
  private static boolean changesAll(Statement s) {
    return s.starts("create", "event", "trigger")
        || s.starts("create")
            && (s.wordAt(1, "temp")
                || s.wordAt(1, "temporary")
                || s.wordAt(2, "temp")
                || s.wordAt(2, "temporary")
                || s.find(1, "pg_temp") > 0);
  }

  private @Nullable LoadStep independent(Statement s) {
    if (s.starts("create", "index")) {
      return index(s, 2);
    }
    if (s.starts("create", "unique", "index")) {
      return index(s, 3);
    }
    return s.starts("alter", "table", "only") ? constraint(s) : null;
  }

  /** {@code CREATE INDEX name ON [ONLY] table …}. */
  private @Nullable LoadStep index(Statement s, int name) {
    if (!s.has(name + 3) || !s.token(name).isName() || !s.wordAt(name + 1, "on")) {
      return null;
    }
    TableName table = nameAt(s, s.wordAt(name + 2, "only") ? name + 3 : name + 2);
    return table == null ? null : new LoadStep.Index(table);
  }

  /** {@code ALTER TABLE ONLY table ADD CONSTRAINT name …}. */
  private @Nullable LoadStep constraint(Statement s) {
    Names.Found table = Names.at(s, 3, session);
    if (table == null || !s.wordAt(table.next(), "add")) {
      return null;
    }
    int kind = table.next() + 3;
    if (!s.wordAt(table.next() + 1, "constraint") || !s.has(kind + 1)) {
      return null;
    }
    boolean primary = s.wordAt(kind, "primary") && s.wordAt(kind + 1, "key");
    if ((primary || s.wordAt(kind, "unique")) && s.find(kind, "using") < 0) {
      return new LoadStep.Key(table.name());
    }
    int references = s.find(kind, "references");
    if (!s.wordAt(kind, "foreign") || references < 0) {
      return null;
    }
    TableName to = nameAt(s, references + 1);
    return to == null ? null : new LoadStep.ForeignKey(table.name(), to);
  }

  private @Nullable TableName nameAt(Statement s, int index) {
    Names.Found found = Names.at(s, index, session);
    return found == null ? null : found.name();
  }
}
