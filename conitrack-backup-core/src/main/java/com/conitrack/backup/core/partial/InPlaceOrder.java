package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.approval.Approval;
import com.conitrack.backup.core.policy.RestoreRules.Confirmation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The order to carry out a plan for tables.
 *
 * @param plan the plan that was shown and approved
 * @param target name of the database, said once more by whoever gives the order
 * @param approvals the approvals
 * @param confirmations what the executor confirms
 * @param reason why, null if the plan says it
 */
public record InPlaceOrder(
    InPlacePlan plan,
    String target,
    List<Approval> approvals,
    Set<Confirmation> confirmations,
    @Nullable String reason) {
  public InPlaceOrder {
    approvals = List.copyOf(approvals);
    confirmations = Set.copyOf(confirmations);
  }

  /** An order without approvals and confirmations. */
  public static InPlaceOrder of(InPlacePlan plan, String target) {
    return new InPlaceOrder(plan, target, List.of(), Set.of(), null);
  }

  /** The same with these approvals. */
  public InPlaceOrder approvedBy(List<Approval> given) {
    return new InPlaceOrder(plan, target, given, confirmations, reason);
  }

  /** The same with these confirmations. */
  public InPlaceOrder confirming(Set<Confirmation> given) {
    return new InPlaceOrder(plan, target, approvals, given, reason);
  }

  /** The same with this reason. */
  public InPlaceOrder because(String words) {
    return new InPlaceOrder(plan, target, approvals, confirmations, words);
  }

  /** The reason given here, else the plan's; null if there is none. */
  public @Nullable String why() {
    return reason == null || reason.isBlank() ? plan.reason() : reason;
  }
}
