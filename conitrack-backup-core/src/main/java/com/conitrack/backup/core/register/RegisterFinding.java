package com.conitrack.backup.core.register;

import org.jspecify.annotations.Nullable;

/**
 * Something in a register that is not as it should be.
 *
 * @param storage name of the storage whose register it is
 * @param key the object concerned, also one that is missing; null if none in particular
 * @param kind what sort of thing it is
 * @param description what is wrong, for people; names the key
 */
public record RegisterFinding(String storage, @Nullable String key, Kind kind, String description) {

  /** What can be wrong with a register. */
  public enum Kind {
    /** Numbers are missing between entries. */
    GAP(Severity.ERROR),
    /** Entries are missing at the end, after one that a manifest or this process has seen. */
    CUT_OFF(Severity.ERROR),
    /** The bytes of an entry are not those its own digest was made of. */
    ALTERED(Severity.ERROR),
    /** An entry is not the one its successor or a manifest has seen. */
    REPLACED(Severity.ERROR),
    /** An object under an entry's key is no entry. */
    UNPARSEABLE(Severity.ERROR),
    /** Newer software wrote it. */
    NEWER_FORMAT(Severity.ERROR),
    /** It could not be read. */
    UNREADABLE(Severity.ERROR),
    /** Two storages tell the same happening differently. */
    CONTRADICTION(Severity.ERROR),
    /** One storage lacks entries that another has. */
    INCOMPLETE(Severity.REMARK),
    /** An object under {@code register/} that is none of ours. */
    FOREIGN(Severity.REMARK);

    private final Severity severity;

    Kind(Severity severity) {
      this.severity = severity;
    }

    /** How bad it is. */
    public Severity severity() {
      return severity;
    }
  }

  /** How bad a finding is. */
  public enum Severity {
    /** The register cannot be relied upon; nothing may be deleted on its strength. */
    ERROR,
    /** Worth knowing; the register can be relied upon. */
    REMARK
  }

  /** How bad it is. */
  public Severity severity() {
    return kind.severity();
  }

  /** Whether the register cannot be relied upon. */
  public boolean isError() {
    return severity() == Severity.ERROR;
  }

  /** The storage and what is wrong there. */
  @Override
  public String toString() {
    return "register of storage '" + storage + "': " + description;
  }
}
