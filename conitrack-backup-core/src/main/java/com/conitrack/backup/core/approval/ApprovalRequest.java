package com.conitrack.backup.core.approval;

import com.conitrack.backup.core.model.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * The question whether a restore is approved.
 *
 * @param subject what is about to be done
 * @param given the approvals at hand
 * @param executors the names under which whoever does it is known, such as the actor and the
 *     operating system's user
 * @param usedIds ids of approvals that have been used
 * @param usedDigests digests of approvals that have been used
 * @param now the moment
 */
public record ApprovalRequest(
    ApprovalSubject subject,
    List<Approval> given,
    Set<String> executors,
    Set<String> usedIds,
    Set<Sha256> usedDigests,
    Instant now) {
  public ApprovalRequest {
    given = List.copyOf(given);
    executors = Set.copyOf(executors);
    usedIds = Set.copyOf(usedIds);
    usedDigests = Set.copyOf(usedDigests);
  }
}
