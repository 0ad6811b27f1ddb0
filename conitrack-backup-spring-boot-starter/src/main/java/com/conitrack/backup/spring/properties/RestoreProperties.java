package com.conitrack.backup.spring.properties;

import com.conitrack.backup.core.model.LeaveOut;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What must be in place before real data is replaced.
 *
 * @param approvals Who must approve, by what is replaced.
 * @param approvalValidity How long an approval may hold at most.
 * @param approvers Persons whose signatures count.
 * @param confirmations What the executor must confirm.
 * @param auditTables Patterns: tables whose rows are evidence.
 * @param connections How many connections may load at once where a new database is loaded; 0 for
 *     automatic.
 * @param leaveOut What of a dump restores and drills do not load, where the user is no superuser.
 */
public record RestoreProperties(
    @Nullable Approvals approvals,
    @Nullable TimeSpan approvalValidity,
    @DefaultValue List<ApproverProperties> approvers,
    @Nullable List<String> confirmations,
    @Nullable List<String> auditTables,
    @Nullable Integer connections,
    @Nullable Set<LeaveOut> leaveOut) {

  /**
   * Roles that must approve.
   *
   * @param full For a restore of the whole database.
   * @param partial For single tables.
   */
  public record Approvals(@Nullable List<String> full, @Nullable List<String> partial) {}

  /**
   * A person whose signature counts.
   *
   * @param name As approvals name the person.
   * @param roles What the person may approve as.
   * @param publicKey The Ed25519 public key.
   * @param publicKeyFile A file with it instead.
   * @param accounts Names under which the person acts.
   */
  public record ApproverProperties(
      @DefaultValue("") String name,
      @DefaultValue List<String> roles,
      @Nullable String publicKey,
      @Nullable String publicKeyFile,
      @DefaultValue List<String> accounts) {}
}
