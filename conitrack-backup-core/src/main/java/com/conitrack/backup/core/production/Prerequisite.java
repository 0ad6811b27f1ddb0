package com.conitrack.backup.core.production;

/**
 * Something that is to be in place before data is replaced, and whether it is.
 *
 * @param name what it is; persisted and never reused
 * @param state whether it is in place
 * @param detail what was found, or what is to be done
 */
public record Prerequisite(Name name, State state, String detail) {

  /** The checklist of section 9.2 and 13.3 of SOP-001. */
  public enum Name {
    /** The approvals that the policy asks for. */
    APPROVAL,
    /** Why the restore is needed. */
    REASON,
    /** The backup is known and proved. */
    BACKUP_VERIFIED,
    /** The state before the restore is backed up. */
    SAFETY_BACKUP,
    /** The server's disk has room for what the restore makes. */
    DISK_SPACE,
    /** There is a way back. */
    ROLLBACK_PLAN,
    /** Users know when the system is down. */
    USERS_NOTIFIED,
    /** The estimated time has been told. */
    ESTIMATE_COMMUNICATED,
    /** Somebody who can help is at hand. */
    SUPPORT_AVAILABLE,
    /** What will be told afterwards is prepared. */
    COMMUNICATION_PREPARED
  }

  /** Whether it is in place. */
  public enum State {
    /** It is. */
    MET,
    /** It is not, and must be before the restore runs. */
    OPEN,
    /** The restore itself sees to it, before anything is touched. */
    AT_RUN,
    /** It cannot be found out from here: a person looks. */
    UNKNOWN,
    /** It is not known to be, and the policy does not ask for it. */
    OPTIONAL
  }
}
