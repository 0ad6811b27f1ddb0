package com.conitrack.backup.core.production;

import com.conitrack.backup.core.approval.Approval;
import com.conitrack.backup.core.policy.RestoreRules.Confirmation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order to carry out a plan.
 *
 * @param plan the plan that was shown and approved
 * @param target name of the database to be replaced, said once more by whoever gives the order
 * @param approvals the approvals
 * @param confirmations what the executor confirms
 * @param reason why, null if the plan says it
 * @param hooks stop and start the application
 */
public record RestoreOrder(
    RestorePlan plan,
    String target,
    List<Approval> approvals,
    Set<Confirmation> confirmations,
    @Nullable String reason,
    ApplicationHooks hooks) {
  public RestoreOrder {
    approvals = List.copyOf(approvals);
    confirmations = Set.copyOf(confirmations);
  }

  /** An order without approvals, confirmations and hooks. */
  public static RestoreOrder of(RestorePlan plan, String target) {
    return new RestoreOrder(plan, target, List.of(), Set.of(), null, ApplicationHooks.NONE);
  }

  /** The same with these approvals. */
  public RestoreOrder approvedBy(List<Approval> given) {
    return new RestoreOrder(plan, target, given, confirmations, reason, hooks);
  }

  /** The same with these confirmations. */
  public RestoreOrder confirming(Set<Confirmation> given) {
    return new RestoreOrder(plan, target, approvals, given, reason, hooks);
  }

  /** The same with this reason. */
  public RestoreOrder because(String words) {
    return new RestoreOrder(plan, target, approvals, confirmations, words, hooks);
  }

  /** The same with these hooks. */
  public RestoreOrder with(ApplicationHooks others) {
    return new RestoreOrder(plan, target, approvals, confirmations, reason, others);
  }

  /** The reason given here, else the plan's; null if there is none. */
  public @Nullable String why() {
    return reason == null || reason.isBlank() ? plan.reason() : reason;
  }
}
