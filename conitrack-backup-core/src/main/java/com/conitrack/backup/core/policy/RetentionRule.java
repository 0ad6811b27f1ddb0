package com.conitrack.backup.core.policy;

import java.time.Duration;

/**
 * One reason to keep a backup. Rules are stated per trigger; a backup is kept if any of its
 * trigger's rules keeps it. All but {@link KeepFor} count good backups only.
 *
 * <p>The calendar rules keep the newest good backup of each of the last {@code count} periods
 * <em>that have one</em>: a time without backups lets nothing expire.
 */
public sealed interface RetentionRule {

  /** A rule that keeps a number of good backups. */
  sealed interface Counted extends RetentionRule {
    /** How many, at least 1 in a valid policy. */
    int count();
  }

  /** Keeps the last {@code count} good backups. */
  record KeepLast(int count) implements Counted {
    @Override
    public String toString() {
      return "keep last " + count;
    }
  }

  /** Keeps what was begun at most {@code age} ago. */
  record KeepFor(Duration age) implements RetentionRule {
    @Override
    public String toString() {
      return "keep for " + Durations.tell(age);
    }
  }

  /** Keeps the newest good one of each of {@code count} days. */
  record KeepDaily(int count) implements Counted {
    @Override
    public String toString() {
      return "keep " + count + " daily";
    }
  }

  /**
   * Keeps the newest good one of each of {@code count} weeks; a week starts on Monday (ISO 8601).
   */
  record KeepWeekly(int count) implements Counted {
    @Override
    public String toString() {
      return "keep " + count + " weekly";
    }
  }

  /** Keeps the newest good one of each of {@code count} months. */
  record KeepMonthly(int count) implements Counted {
    @Override
    public String toString() {
      return "keep " + count + " monthly";
    }
  }

  /** Keeps the newest good one of each of {@code count} years. */
  record KeepYearly(int count) implements Counted {
    @Override
    public String toString() {
      return "keep " + count + " yearly";
    }
  }

  /** Keeps the last {@code count} good backups. */
  static RetentionRule last(int count) {
    return new KeepLast(count);
  }

  /** Keeps what was begun at most {@code age} ago. */
  static RetentionRule age(Duration age) {
    return new KeepFor(age);
  }

  /** Keeps the newest good one of each of {@code count} days. */
  static RetentionRule daily(int count) {
    return new KeepDaily(count);
  }

  /** Keeps the newest good one of each of {@code count} weeks. */
  static RetentionRule weekly(int count) {
    return new KeepWeekly(count);
  }

  /** Keeps the newest good one of each of {@code count} months. */
  static RetentionRule monthly(int count) {
    return new KeepMonthly(count);
  }

  /** Keeps the newest good one of each of {@code count} years. */
  static RetentionRule yearly(int count) {
    return new KeepYearly(count);
  }
}
