package com.conitrack.backup.core.policy;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A question that a drill asks of the restored database, and what the answer must be.
 *
 * @param name what it is about, for people
 * @param sql one statement that yields rows; it is run in a transaction that can only read
 * @param expected what the first column of the first row must be
 */
public record DrillCheck(String name, String sql, Expected expected) {

  /** What an answer must be. */
  public sealed interface Expected {

    /** Why an answer is not as expected; null if it is. */
    default @Nullable String objection(boolean anyRow, @Nullable String value) {
      return holds(anyRow, value)
          ? null
          : (anyRow ? "is " + value : "there is no row") + ", expected: " + this;
    }

    /** Whether an answer is as expected. */
    boolean holds(boolean anyRow, @Nullable String value);
  }

  /** Exactly this text. */
  public record EqualTo(String text) implements Expected {
    @Override
    public boolean holds(boolean anyRow, @Nullable String value) {
      return text.equals(value);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** A number that is at least this. */
  public record AtLeast(BigDecimal least) implements Expected {
    @Override
    public boolean holds(boolean anyRow, @Nullable String value) {
      try {
        return value != null && new BigDecimal(value.strip()).compareTo(least) >= 0;
      } catch (NumberFormatException e) {
        return false;
      }
    }

    @Override
    public String toString() {
      return "at least " + least.toPlainString();
    }
  }

  /** No row at all, as of a query for what must not be. */
  public record NoRows() implements Expected {
    @Override
    public boolean holds(boolean anyRow, @Nullable String value) {
      return !anyRow;
    }

    @Override
    public String toString() {
      return "no row";
    }
  }

  /** Must yield exactly {@code text}. */
  public static DrillCheck equalTo(String name, String sql, String text) {
    return new DrillCheck(name, sql, new EqualTo(text));
  }

  /** Must yield a number of at least {@code least}. */
  public static DrillCheck atLeast(String name, String sql, long least) {
    return new DrillCheck(name, sql, new AtLeast(BigDecimal.valueOf(least)));
  }

  /** Must yield no row. */
  public static DrillCheck noRows(String name, String sql) {
    return new DrillCheck(name, sql, new NoRows());
  }
}
