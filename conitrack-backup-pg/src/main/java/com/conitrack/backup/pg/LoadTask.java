package com.conitrack.backup.pg;

import com.conitrack.backup.core.dump.LoadStep;
import com.conitrack.backup.core.model.TableName;
import java.util.List;

/** A statement of a dump that may be executed beside others, and on what. */
final class LoadTask {
  private final LoadStep step;
  private final byte[] text;

  LoadTask(LoadStep step, byte[] text) {
    this.step = step;
    this.text = text;
  }

  /** The statement with its semicolon. */
  byte[] text() {
    return text;
  }

  boolean hasFirstRows() {
    return FirstRows.are(step, text);
  }

  boolean hasRows() {
    return step instanceof LoadStep.Rows;
  }

  /**
   * Whether it must wait for {@code earlier}. An index may call a function that reads another
   * table, so it waits for all rows; foreign keys need the unique indexes of other tables. Foreign
   * keys and constraints lock what they name, so no two of them may meet on a table: the server
   * would find a deadlock.
   */
  boolean waitsFor(LoadTask earlier) {
    if (step instanceof LoadStep.ForeignKey && !(earlier.step instanceof LoadStep.ForeignKey)) {
      return true;
    }
    boolean index = step instanceof LoadStep.Index;
    if (index && earlier.hasRows()) {
      return true;
    }
    boolean shared = index && earlier.step instanceof LoadStep.Index;
    return !shared && tables().stream().anyMatch(earlier.tables()::contains);
  }

  private List<TableName> tables() {
    if (step instanceof LoadStep.Rows rows) {
      return List.of(rows.table());
    } else if (step instanceof LoadStep.Index index) {
      return List.of(index.table());
    } else if (step instanceof LoadStep.Key key) {
      return List.of(key.table());
    } else if (step instanceof LoadStep.ForeignKey foreign) {
      return List.of(foreign.from(), foreign.to());
    } else if (step instanceof LoadStep.Sequence value) {
      return List.of(value.sequence());
    }
    return List.of();
  }

  /** As errors say it. */
  @Override
  public String toString() {
    String on = tables().isEmpty() ? "" : String.valueOf(tables().get(0));
    if (step instanceof LoadStep.Rows) {
      return "the rows of " + on;
    } else if (step instanceof LoadStep.Index) {
      return "an index of " + on;
    } else if (step instanceof LoadStep.Key) {
      return "a unique constraint of " + on;
    } else if (step instanceof LoadStep.ForeignKey) {
      return "a foreign key of " + on;
    }
    return "the value of " + on;
  }
}
