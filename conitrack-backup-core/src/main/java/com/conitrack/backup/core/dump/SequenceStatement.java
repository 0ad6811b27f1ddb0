package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.SequenceValue;
import com.conitrack.backup.core.model.TableName;
import org.jspecify.annotations.Nullable;

/** Reads {@code SELECT [pg_catalog.]setval('name', value, called)}. */
final class SequenceStatement {
  private SequenceStatement() {}

  /** What it sets, null if it is not written as pg_dump writes it. */
  static @Nullable SequenceValue read(Statement s, Session session) {
    int name = s.wordAt(1, "pg_catalog") ? 5 : 3;
    boolean negative = s.symbolAt(name + 2, '-');
    int value = negative ? name + 3 : name + 2;
    if (!s.has(value + 1) || s.token(name).kind() != Token.Kind.LITERAL) {
      return null;
    }
    TableName sequence = Names.parse(Names.fold(s.token(name), session.charset()), session);
    String digits = (negative ? "-" : "") + Names.fold(s.token(value), null);
    if (sequence == null || !digits.matches("-?\\d{1,19}")) {
      return null;
    }
    try {
      return new SequenceValue(sequence, Long.parseLong(digits), !s.wordAt(value + 2, "false"));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
