package com.conitrack.backup.spring.properties;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * How long backups are kept, by trigger.
 *
 * @param zone Where a day, week, month or year begins.
 * @param scheduled Rules for backups the schedule asked for, or forever.
 * @param preChange Rules for backups before a migration or update, or forever.
 * @param manual Rules for backups asked for by a person, or forever.
 * @param preRestore Rules for safety backups before a restore, or forever.
 * @param adopted Rules for backups made by another tool, or forever.
 * @param storages By storage's name: triggers whose rules differ there.
 */
public record RetentionProperties(
    @Nullable String zone,
    @Nullable Rules scheduled,
    @Nullable Rules preChange,
    @Nullable Rules manual,
    @Nullable Rules preRestore,
    @Nullable Rules adopted,
    @DefaultValue Map<String, ByTrigger> storages) {

  /** The rules that hold for every storage. */
  public ByTrigger common() {
    return new ByTrigger(scheduled, preChange, manual, preRestore, adopted);
  }

  /**
   * Rules by trigger.
   *
   * @param scheduled Rules for backups the schedule asked for, or forever.
   * @param preChange Rules for backups before a migration or update, or forever.
   * @param manual Rules for backups asked for by a person, or forever.
   * @param preRestore Rules for safety backups before a restore, or forever.
   * @param adopted Rules for backups made by another tool, or forever.
   */
  public record ByTrigger(
      @Nullable Rules scheduled,
      @Nullable Rules preChange,
      @Nullable Rules manual,
      @Nullable Rules preRestore,
      @Nullable Rules adopted) {}

  /**
   * Rules any of which keeps a backup.
   *
   * @param last The last N.
   * @param age Those begun at most so long ago.
   * @param daily The newest of each of the last N days that have one.
   * @param weekly The same for weeks.
   * @param monthly The same for months.
   * @param yearly The same for years.
   */
  public record Rules(
      @Nullable Integer last,
      @Name("for") @Nullable TimeSpan age,
      @Nullable Integer daily,
      @Nullable Integer weekly,
      @Nullable Integer monthly,
      @Nullable Integer yearly) {
    /** The word {@code forever}: no rule lets anything go. */
    public static Rules of(String word) {
      if (!word.equals("forever")) {
        throw new IllegalArgumentException("write forever, or rules such as last: 26 below it");
      }
      return new Rules(null, null, null, null, null, null);
    }
  }
}
