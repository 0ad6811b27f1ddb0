package com.conitrack.backup.core.policy;

import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.port.RestoreOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must be in place before real data is replaced. Drills replace none and need nothing of it.
 *
 * @param approvals the roles whose approval a restore of each kind needs, one approval by another
 *     person for each; {@link #ANY_ROLE} accepts any role. A kind without roles needs no approval
 * @param approvers whose signatures count; empty: approvals need not be signed, and then prove no
 *     more than that somebody wrote them down
 * @param approvalValidity how long after it was given an approval may expire at the latest
 * @param confirmations what the executor must confirm, because no software can know it
 * @param auditTables patterns of tables whose rows are evidence: those that a restore would erase
 *     are exported before it. As in {@link BackupPolicyBuilder#requireTables}
 * @param connections how many connections may load at once, here and in drills, where a new
 *     database is loaded; as in {@link RestoreOptions}
 * @param leaveOut what restores and drills do not load unless they are told otherwise, where the
 *     user is no superuser
 */
public record RestoreRules(
    Map<RestoreKind, List<String>> approvals,
    List<Approver> approvers,
    Duration approvalValidity,
    Set<Confirmation> confirmations,
    List<String> auditTables,
    int connections,
    Set<LeaveOut> leaveOut) {
  /** Stands for whatever role an approval names. */
  public static final String ANY_ROLE = "*";

  /** Hibernate Envers' default names: the revisions, and a shadow of each audited table. */
  private static final List<String> ENVERS = List.of("revinfo", "*_aud");

  private static final Duration WEEK = Duration.ofDays(7);

  /** No approval and no confirmation is needed; Envers' tables are exported. */
  public static final RestoreRules DEFAULT =
      new RestoreRules(
          Map.of(), List.of(), WEEK, Set.of(), ENVERS, RestoreOptions.AUTOMATIC, Set.of());

  public RestoreRules {
    Map<RestoreKind, List<String>> copied = new EnumMap<>(RestoreKind.class);
    approvals.forEach((kind, roles) -> copied.put(kind, List.copyOf(roles)));
    approvals = Map.copyOf(copied);
    approvers = List.copyOf(approvers);
    confirmations = Set.copyOf(confirmations);
    auditTables = List.copyOf(auditTables);
    leaveOut = Set.copyOf(leaveOut);
  }

  /**
   * Section 9.1 and 13.3 of Conitrack's SOP-001: the System Owner approves a full restore, the IT
   * Manager a partial one, and everything on the checklist is confirmed.
   */
  static RestoreRules sop001() {
    return new RestoreRules(
        Map.of(
            RestoreKind.FULL, List.of("System Owner"), RestoreKind.PARTIAL, List.of("IT Manager")),
        List.of(),
        WEEK,
        EnumSet.allOf(Confirmation.class),
        ENVERS,
        RestoreOptions.AUTOMATIC,
        Set.of());
  }

  /** The roles whose approval a restore of that kind needs; empty if none. */
  public List<String> roles(RestoreKind kind) {
    return approvals.getOrDefault(kind, List.of());
  }

  /** Whether rows of that table are evidence. */
  public boolean isAudit(TableName table) {
    return auditTables.stream().map(TablePattern::parse).anyMatch(each -> each.matches(table));
  }

  /** The same with other roles for one kind; none: no approval is needed. */
  public RestoreRules withApproval(RestoreKind kind, String... roles) {
    Map<RestoreKind, List<String>> changed = new EnumMap<>(RestoreKind.class);
    changed.putAll(approvals);
    changed.put(kind, List.of(roles));
    return new RestoreRules(
        changed, approvers, approvalValidity, confirmations, auditTables, connections, leaveOut);
  }

  /** The same with one more approver, so that approvals must be signed. */
  public RestoreRules withApprover(Approver approver) {
    List<Approver> more = new ArrayList<>(approvers);
    more.add(approver);
    return new RestoreRules(
        approvals, more, approvalValidity, confirmations, auditTables, connections, leaveOut);
  }

  /** The same with these confirmations asked for instead. */
  public RestoreRules withConfirmations(Set<Confirmation> others) {
    return new RestoreRules(
        approvals, approvers, approvalValidity, others, auditTables, connections, leaveOut);
  }

  /** The same with these tables taken for evidence instead. */
  public RestoreRules withAuditTables(List<String> patterns) {
    return new RestoreRules(
        approvals, approvers, approvalValidity, confirmations, patterns, connections, leaveOut);
  }

  /** The same with another number of connections, or {@link RestoreOptions#AUTOMATIC}. */
  public RestoreRules withConnections(int most) {
    return new RestoreRules(
        approvals, approvers, approvalValidity, confirmations, auditTables, most, leaveOut);
  }

  /** The same with another greatest validity of approvals. */
  public RestoreRules withApprovalValidity(Duration validity) {
    return new RestoreRules(
        approvals, approvers, validity, confirmations, auditTables, connections, leaveOut);
  }

  /** The same without these parts of a dump. */
  public RestoreRules withLeaveOut(Set<LeaveOut> parts) {
    return new RestoreRules(
        approvals, approvers, approvalValidity, confirmations, auditTables, connections, parts);
  }

  /** What only people can know. Names are persisted and never reused. */
  public enum Confirmation {
    /** Those who use the system have been told when it will be down. */
    USERS_NOTIFIED,
    /** The estimated time has been told. */
    ESTIMATE_COMMUNICATED,
    /** Somebody who can help is at hand. */
    SUPPORT_AVAILABLE,
    /** What will be told afterwards is prepared. */
    COMMUNICATION_PREPARED
  }
}
