package com.conitrack.backup.core.policy;

import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much would be lost if a database had to be restored now.
 *
 * @param newestGood the newest good backup, null if there is none
 * @param age the time since it began: what was written after that is not in it; null if there is
 *     none
 * @param rpo how old it may be
 */
public record RecoveryPoint(
    @Nullable CatalogueEntry newestGood, @Nullable Duration age, Duration rpo) {

  /**
   * Looks it up. Backups dated after {@code now} are left aside: some clock was wrong, and how old
   * they are is not known.
   */
  public static RecoveryPoint of(
      BackupPolicy policy, Catalogue catalogue, String database, Instant now) {
    return catalogue.entries().stream()
        .filter(e -> e.manifest().database().name().equals(database))
        .filter(e -> !e.manifest().startedAt().isAfter(now))
        .filter(CatalogueEntry::good)
        .findFirst()
        .map(
            e ->
                new RecoveryPoint(e, Duration.between(e.manifest().startedAt(), now), policy.rpo()))
        .orElseGet(() -> new RecoveryPoint(null, null, policy.rpo()));
  }

  /** Whether there is a good backup and it is not older than the RPO. */
  public boolean met() {
    return age != null && age.compareTo(rpo) <= 0;
  }

  /**
   * How long the newest good backup still meets the RPO; negative once it no longer does; null if
   * there is none.
   */
  public @Nullable Duration remaining() {
    return age == null ? null : rpo.minus(age);
  }
}
