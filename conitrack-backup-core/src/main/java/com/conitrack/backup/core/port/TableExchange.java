package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.SequenceValue;
import java.util.List;

/**
 * Tables whose rows are exchanged for those that are {@linkplain #load loaded}. Used in this order:
 * obstacles, load, {@link #hold}, compare, apply, commit; without {@code writing} no further than
 * compare. Loading alone concerns nobody: the rows lie where this session alone sees them.
 */
public interface TableExchange extends TableTransaction {

  /**
   * Why these rows cannot be exchanged by this user, a sentence each with what to do; empty if
   * nothing stands in the way. If there are any, nothing else may be called but {@link #close}.
   */
  List<String> obstacles();

  /** What hangs on the tables. */
  TableSurroundings surroundings();

  /**
   * Keeps everybody else from writing to the tables, and to those whose rows refer to theirs, until
   * the end. Reading goes on.
   *
   * @throws DatabaseException kind {@code TIMEOUT} if others do not let go of them
   */
  void hold();

  /** What the exchange would change now, and what would be broken by it. */
  Comparison compare();

  /**
   * Exchanges the rows that {@link #compare} told of, and no others: rows equal to the backup's are
   * not touched. Triggers of the user do not fire. Afterwards the tables have the loaded rows,
   * value by value, foreign keys hold, and triggers and constraints are what they were.
   *
   * @param sequences where the backup has sequences
   * @return what a person should know
   * @throws DatabaseException if that cannot be had, kind {@code RULE} if something would not be as
   *     promised; nothing can be committed then
   */
  List<String> apply(List<SequenceValue> sequences);

  /**
   * What an exchange changes.
   *
   * @param changes for every table, in the order of the request
   * @param violations foreign keys that would be broken, a sentence each with keys of rows
   */
  record Comparison(List<TableChange> changes, List<String> violations) {
    public Comparison {
      changes = List.copyOf(changes);
      violations = List.copyOf(violations);
    }
  }
}
