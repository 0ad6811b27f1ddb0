package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.TableName;

/** What a statement of a dump does while the dump is loaded: what it may share the time with. */
public sealed interface LoadStep {

  /**
   * {@code COPY … FROM stdin} into this table; its rows follow.
   *
   * @param first whether the dump has made the table before, not partitioned, and these are the
   *     first rows for it: until now it is empty
   */
  record Rows(TableName table, boolean first) implements LoadStep {}

  /** {@code CREATE INDEX} on this table, which others may be made on at the same time. */
  record Index(TableName table) implements LoadStep {}

  /** A primary key or unique constraint of this table, made from nothing but its rows. */
  record Key(TableName table) implements LoadStep {}

  /** A foreign key from one table to another or to itself. */
  record ForeignKey(TableName from, TableName to) implements LoadStep {}

  /** The value of this sequence, which depends on no rows. */
  record Sequence(TableName sequence) implements LoadStep {}

  /** {@code SET} or {@code set_config}: holds for the rest of the session. */
  record Setting() implements LoadStep {}

  /**
   * Depends on what went before and decides what comes after.
   *
   * @param definition whether it may define or change a table, or what happens when one changes
   */
  record Ordered(boolean definition) implements LoadStep {}

  /** {@code BEGIN}: the session is inside a transaction until {@link Commit}. */
  record Begin() implements LoadStep {}

  /** {@code COMMIT}. */
  record Commit() implements LoadStep {}

  /** May change the session or the server in ways unknown: from here on nothing can be apart. */
  record Unknown() implements LoadStep {}
}
