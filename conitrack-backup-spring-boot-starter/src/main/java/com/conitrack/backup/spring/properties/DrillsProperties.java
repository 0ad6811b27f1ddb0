package com.conitrack.backup.spring.properties;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Name;

/**
 * What is asked of a restore for proof.
 *
 * @param negativeControl With every how many drills damaged and wrong dumps are tried too.
 * @param rto Whether a restore that takes longer than the RTO fails the drill: fail or warn.
 * @param checkTimeout How long one check may take.
 * @param checks Questions asked of the restored database.
 */
public record DrillsProperties(
    @Nullable Integer negativeControl,
    @Nullable String rto,
    @Nullable TimeSpan checkTimeout,
    @Nullable List<Check> checks) {

  /**
   * A question asked of the restored database.
   *
   * @param name What it is about.
   * @param sql One statement; the first column of its first row counts.
   * @param equalTo It must be exactly this.
   * @param atLeast It must be a number of at least this.
   * @param noRows There must be no row.
   */
  public record Check(
      @Nullable String name,
      @Nullable String sql,
      @Name("equals") @Nullable String equalTo,
      @Nullable Long atLeast,
      @Nullable Boolean noRows) {}
}
