package com.conitrack.backup.core.policy;

import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.RuleResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a dump must hold for its backup to be good. A limit of zero, and a shrink of 1, ask for
 * nothing.
 *
 * <p>Tables are named {@code lotes} (in any schema) or {@code public.lotes}, exactly as the server
 * spells them; {@code *} stands for any characters; a part in double quotes is literal.
 *
 * <p>A table's rows are those that {@code SELECT count(*)} tells: a partitioned table has the rows
 * of its partitions.
 *
 * @param minimumTables least number of tables, partitions included; tables that the dump does not
 *     create (of extensions) or whose rows live elsewhere (foreign tables) do not count
 * @param requiredTables each must name at least one table of the dump
 * @param minimumRows least number of rows in all tables together
 * @param minimumTableRows least number of rows of single tables; every table of that name must have
 *     them
 * @param greatestShrink the fraction by which all rows together may be fewer than in the last good
 *     backup: 0.2 allows 100 rows to become 80
 * @param greatestTableShrink the same for every single table; a table that is gone has shrunk to 0
 *     rows
 * @param tableShrink the same for single tables, instead of {@code greatestTableShrink}; the first
 *     that names a table applies to it, 1 to exempt it (partitions that are dropped in turn: {@code
 *     events_*})
 * @param minimumStoredBytes least size of the stored object
 */
public record ContentRules(
    int minimumTables,
    Set<String> requiredTables,
    long minimumRows,
    Map<String, Long> minimumTableRows,
    double greatestShrink,
    double greatestTableShrink,
    Map<String, Double> tableShrink,
    long minimumStoredBytes) {

  /** Asks for nothing. */
  public static final ContentRules NONE =
      new ContentRules(0, Set.of(), 0, Map.of(), 1, 1, Map.of(), 0);

  public ContentRules {
    requiredTables = Collections.unmodifiableSet(new LinkedHashSet<>(requiredTables));
    minimumTableRows = Collections.unmodifiableMap(new LinkedHashMap<>(minimumTableRows));
    tableShrink = Collections.unmodifiableMap(new LinkedHashMap<>(tableShrink));
  }

  /** A builder that starts from {@link #NONE}. */
  public static Builder builder() {
    return NONE.toBuilder();
  }

  /** A builder that starts from these rules. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * How a dump fares, one result for every rule that asks for something.
   *
   * @param now what the dump holds
   * @param stored the stored object
   * @param lastGood what the last good backup of the same database and scope held; null if there is
   *     none, which meets the rules that compare with it
   * @throws ConfigurationException if these rules were never part of a policy and are not valid
   */
  public List<RuleResult> evaluate(
      Fingerprint now, ByteDigest stored, @Nullable Fingerprint lastGood) {
    return ContentCheck.results(this, now, stored, lastGood);
  }

  /**
   * The rules that compare with another time, alone.
   *
   * @param now what the database holds
   * @param before what it held
   */
  public List<RuleResult> evaluateShrink(Fingerprint now, Fingerprint before) {
    return ShrinkCheck.results(this, now, before);
  }

  /** Builds {@link ContentRules}. Not safe for use by several threads. */
  public static final class Builder {
    private int minimumTables;
    private final Set<String> requiredTables;
    private long minimumRows;
    private final Map<String, Long> minimumTableRows;
    private double greatestShrink;
    private double greatestTableShrink;
    private final Map<String, Double> tableShrink;
    private long minimumStoredBytes;

    private Builder(ContentRules from) {
      minimumTables = from.minimumTables;
      requiredTables = new LinkedHashSet<>(from.requiredTables);
      minimumRows = from.minimumRows;
      minimumTableRows = new LinkedHashMap<>(from.minimumTableRows);
      greatestShrink = from.greatestShrink;
      greatestTableShrink = from.greatestTableShrink;
      tableShrink = new LinkedHashMap<>(from.tableShrink);
      minimumStoredBytes = from.minimumStoredBytes;
    }

    /** Least number of tables. */
    public Builder minimumTables(int tables) {
      minimumTables = tables;
      return this;
    }

    /** Adds tables that must be there. */
    public Builder requireTables(String... tables) {
      return requireTables(List.of(tables));
    }

    /** Adds tables that must be there. */
    public Builder requireTables(Iterable<String> tables) {
      tables.forEach(requiredTables::add);
      return this;
    }

    /** Least number of rows in all tables together. */
    public Builder minimumRows(long rows) {
      minimumRows = rows;
      return this;
    }

    /** Least number of rows of one table. */
    public Builder minimumRows(String table, long rows) {
      minimumTableRows.put(table, rows);
      return this;
    }

    /** The fraction by which all rows together may shrink, 0 to 1. */
    public Builder greatestShrink(double fraction) {
      greatestShrink = fraction;
      return this;
    }

    /** The fraction by which any one table may shrink, 0 to 1. */
    public Builder greatestTableShrink(double fraction) {
      greatestTableShrink = fraction;
      return this;
    }

    /** The fraction by which this table may shrink, 0 to 1, instead of what holds for any. */
    public Builder greatestTableShrink(String table, double fraction) {
      tableShrink.put(table, fraction);
      return this;
    }

    /** Least size of the stored object. */
    public Builder minimumStoredBytes(long bytes) {
      minimumStoredBytes = bytes;
      return this;
    }

    /** The rules. They are validated when the policy they become part of is built. */
    public ContentRules build() {
      return new ContentRules(
          minimumTables,
          requiredTables,
          minimumRows,
          minimumTableRows,
          greatestShrink,
          greatestTableShrink,
          tableShrink,
          minimumStoredBytes);
    }
  }
}
