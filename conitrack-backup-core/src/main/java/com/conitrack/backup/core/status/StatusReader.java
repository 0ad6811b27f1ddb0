package com.conitrack.backup.core.status;

import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterReading;
import com.conitrack.backup.core.setup.Setup;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads what is needed to judge how the backups stand. Safe for use by many threads. */
public final class StatusReader {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;

  /** Reads what {@code setup} is made of. */
  public StatusReader(Setup setup, Register register, CatalogueReader catalogueReader) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
  }

  /**
   * Reads catalogue and register once, and asks the database for its name. What cannot be read is
   * told in the result. Takes as long as the storages take; one that hangs costs the stall limit.
   */
  public StatusReading read() {
    Instant at = setup.clock().instant();
    RegisterReading reading = register.read();
    Catalogue catalogue = catalogueReader.read(reading);
    var anchors =
        catalogue.entries().stream().flatMap(e -> e.manifest().anchors().stream()).toList();
    String problem = null;
    String database;
    try {
      database = setup.database().inspector().inspect().name();
    } catch (BackupException e) {
      problem = e.getMessage();
      database = nameFromNewest(catalogue);
    }
    return new StatusReading(
        database,
        problem,
        setup.storages().stream().map(storage -> storage.info().name()).toList(),
        catalogue,
        reading.entries(),
        reading.findings(anchors),
        at);
  }

  private static @Nullable String nameFromNewest(Catalogue catalogue) {
    return catalogue.entries().stream()
        .findFirst()
        .map(entry -> entry.manifest().database().name())
        .orElse(null);
  }
}
