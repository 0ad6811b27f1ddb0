package com.conitrack.backup.core.port;

import java.util.Set;

/**
 * A storage's name and abilities.
 *
 * @param name what the configuration calls it, unique among a backup's storages; recorded in
 *     manifests
 * @param location where it is, for people, such as {@code /mnt/nas/backups}; holds no secret
 * @param capabilities what it can do beyond {@link BackupStorage}'s promises
 */
public record StorageInfo(String name, String location, Set<Capability> capabilities) {
  public StorageInfo {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      throw new IllegalArgumentException(
          "not a storage name: '" + name + "'; use lower-case letters, digits and '-'");
    }
    capabilities = Set.copyOf(capabilities);
  }

  /** Abilities that storages differ in. */
  public enum Capability {
    /** Objects survive the end of the process. */
    DURABLE,
    /** {@link ObjectAttributes} are kept. */
    ATTRIBUTES,
    /** {@link ObjectAttributes#retainUntil()} is honoured. */
    RETENTION_LOCK,
    /**
     * Of several writers that commit one key at the same moment exactly one wins. Without it, a key
     * is looked for right before the commit, which leaves a gap that a race can slip through.
     */
    ATOMIC_CREATE
  }
}
