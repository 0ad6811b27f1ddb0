package com.conitrack.backup.core.retention;

import com.conitrack.backup.core.policy.RetentionRule;
import com.conitrack.backup.core.policy.RetentionRule.Counted;
import com.conitrack.backup.core.policy.RetentionRule.KeepDaily;
import com.conitrack.backup.core.policy.RetentionRule.KeepFor;
import com.conitrack.backup.core.policy.RetentionRule.KeepLast;
import com.conitrack.backup.core.policy.RetentionRule.KeepMonthly;
import com.conitrack.backup.core.policy.RetentionRule.KeepWeekly;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * One rule on its way through the backups of one trigger, newest first. It judges every backup but
 * counts only those that it is told to.
 */
abstract class RuleCount {
  private final RetentionRule rule;

  private RuleCount(RetentionRule rule) {
    this.rule = rule;
  }

  static RuleCount of(RetentionRule rule, ZoneId zone, Instant now) {
    if (rule instanceof KeepFor keep) {
      return new ByAge(keep, now);
    } else if (rule instanceof KeepLast keep) {
      return new ByNumber(keep);
    }
    return new ByPeriod((Counted) rule, zone);
  }

  /** What the rule says of a backup begun at {@code startedAt}, were it a good one. */
  final Verdict judge(Instant startedAt) {
    Verdict verdict = verdict(startedAt);
    return new Verdict(verdict.keeps(), rule + ": " + verdict.reason());
  }

  abstract Verdict verdict(Instant startedAt);

  /** Counts a good backup, which has been judged before. */
  abstract void count(Instant startedAt);

  record Verdict(boolean keeps, String reason) {}

  private static final class ByAge extends RuleCount {
    private final KeepFor rule;
    private final Instant now;

    ByAge(KeepFor rule, Instant now) {
      super(rule);
      this.rule = rule;
      this.now = now;
    }

    @Override
    Verdict verdict(Instant startedAt) {
      boolean old = startedAt.plus(rule.age()).isBefore(now);
      return new Verdict(!old, old ? "it is older" : "it is not older");
    }

    @Override
    void count(Instant startedAt) {}
  }

  private static final class ByNumber extends RuleCount {
    private final KeepLast rule;
    private int counted;

    ByNumber(KeepLast rule) {
      super(rule);
      this.rule = rule;
    }

    @Override
    Verdict verdict(Instant startedAt) {
      if (counted < rule.count()) {
        return new Verdict(true, "it is number " + (counted + 1));
      }
      String newer = rule.count() == 1 ? "a newer good one" : rule.count() + " newer good ones";
      return new Verdict(false, "there is no room beside " + newer);
    }

    @Override
    void count(Instant startedAt) {
      counted++;
    }
  }

  private static final class ByPeriod extends RuleCount {
    private final Counted rule;
    private final ZoneId zone;
    private String period = "";
    private int counted;

    ByPeriod(Counted rule, ZoneId zone) {
      super(rule);
      this.rule = rule;
      this.zone = zone;
    }

    @Override
    Verdict verdict(Instant startedAt) {
      String own = period(startedAt);
      if (own.equals(period)) {
        return new Verdict(false, "a newer good one stands for " + own);
      } else if (counted >= rule.count()) {
        return new Verdict(false, "as many later periods than " + own + " have a good one");
      }
      return new Verdict(true, "it stands for " + own);
    }

    @Override
    void count(Instant startedAt) {
      String own = period(startedAt);
      if (!own.equals(period)) {
        period = own;
        counted++;
      }
    }

    private String period(Instant startedAt) {
      LocalDate day = LocalDate.ofInstant(startedAt, zone);
      if (rule instanceof KeepDaily) {
        return day.toString();
      } else if (rule instanceof KeepWeekly) {
        return "the week of " + day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      } else if (rule instanceof KeepMonthly) {
        return YearMonth.from(day).toString();
      }
      return Integer.toString(day.getYear());
    }
  }
}
