package com.conitrack.backup.core.status;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.VerificationLevel;
import java.time.Duration;
import java.time.Instant;

/**
 * The newest good backup: what would be restored if the database were lost now.
 *
 * @param id its name
 * @param startedAt when it began; what was written since is not in it
 * @param age the time since then
 * @param level the strongest level that a copy of it has been proved to
 * @param copiesProved how many of its copies are proved
 * @param copiesRequired how many its policy asked for
 * @param storedBytes size of one copy
 */
public record NewestGood(
    BackupId id,
    Instant startedAt,
    Duration age,
    VerificationLevel level,
    int copiesProved,
    int copiesRequired,
    long storedBytes) {

  static NewestGood of(CatalogueEntry entry, Duration age) {
    return new NewestGood(
        entry.id(),
        entry.manifest().startedAt(),
        age,
        entry.level(),
        entry.provedCopies(),
        entry.manifest().copiesRequired(),
        entry.manifest().dump().stored().bytes());
  }
}
