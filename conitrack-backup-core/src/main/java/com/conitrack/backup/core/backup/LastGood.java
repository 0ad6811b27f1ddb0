package com.conitrack.backup.core.backup;

import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.setup.Setup;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a new dump is compared with. */
final class LastGood {
  private final Setup setup;
  private final CatalogueReader catalogueReader;
  private final List<String> remarks;

  /**
   * @param remarks is told if the catalogue cannot be read
   */
  LastGood(Setup setup, CatalogueReader catalogueReader, List<String> remarks) {
    this.setup = setup;
    this.catalogueReader = catalogueReader;
    this.remarks = remarks;
  }

  /** Contents of the newest good backup of the database that is older; null if there is none. */
  @Nullable Fingerprint of(DatabaseFacts database, Instant takenAt) {
    try {
      return catalogueReader.read().entries().stream()
          .filter(CatalogueEntry::good)
          .map(CatalogueEntry::manifest)
          .filter(m -> m.database().name().equals(database.name()))
          .filter(m -> m.scope().equals(setup.scope()))
          .filter(m -> !m.startedAt().isAfter(takenAt))
          .map(Manifest::contents)
          .findFirst()
          .orElse(null);
    } catch (BackupException e) {
      remarks.add("the last good backup could not be compared with: " + e.getMessage());
      return null;
    }
  }
}
