package com.conitrack.backup.core.approval;

import java.util.List;

/**
 * Whether a restore is approved.
 *
 * @param accepted the approvals that hold
 * @param refusals why the others do not, one sentence each with what to do
 * @param missing roles whose approval is still needed
 */
public record ApprovalDecision(
    List<Approval> accepted, List<String> refusals, List<String> missing) {
  public ApprovalDecision {
    accepted = List.copyOf(accepted);
    refusals = List.copyOf(refusals);
    missing = List.copyOf(missing);
  }

  /** Whether nothing is missing. An approval too many, even one refused, does no harm. */
  public boolean approved() {
    return missing.isEmpty();
  }
}
