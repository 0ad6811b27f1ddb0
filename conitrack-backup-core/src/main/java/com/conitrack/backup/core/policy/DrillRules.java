package com.conitrack.backup.core.policy;

import java.time.Duration;
import java.util.List;

/**
 * What is asked of drills.
 *
 * @param negativeControlEvery with every how many drills damaged and wrong dumps are given to the
 *     same path, which must reject them: 1 for each, 0 for none but those asked for
 * @param rtoFails whether a restore that takes longer than the RTO fails the drill, or is a remark
 * @param checks questions asked of the restored database
 * @param checkTimeout how long one of them may take
 */
public record DrillRules(
    int negativeControlEvery, boolean rtoFails, List<DrillCheck> checks, Duration checkTimeout) {

  /**
   * A negative control with every fourth drill; exceeding the RTO fails; no checks of one's own.
   */
  public static final DrillRules DEFAULT =
      new DrillRules(4, true, List.of(), Duration.ofMinutes(1));

  public DrillRules {
    checks = List.copyOf(checks);
  }

  /** The same with another frequency of negative controls. */
  public DrillRules withNegativeControlEvery(int drills) {
    return new DrillRules(drills, rtoFails, checks, checkTimeout);
  }

  /** The same, where exceeding the RTO fails a drill or is a remark. */
  public DrillRules withRtoFails(boolean fails) {
    return new DrillRules(negativeControlEvery, fails, checks, checkTimeout);
  }

  /** The same with these checks instead. */
  public DrillRules withChecks(List<DrillCheck> others) {
    return new DrillRules(negativeControlEvery, rtoFails, others, checkTimeout);
  }
}
