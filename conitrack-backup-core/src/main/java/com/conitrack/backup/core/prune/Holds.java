package com.conitrack.backup.core.prune;

import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.Setup;
import java.util.Map;

/** Holds backups back from retention, and lets them go. A hold is an entry in the register. */
public final class Holds {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;

  /** Holds what the storages of {@code setup} hold. */
  public Holds(Setup setup, Register register, CatalogueReader catalogueReader) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
  }

  /**
   * Keeps a backup whatever retention says, until it is released.
   *
   * @throws BackupException kind {@code NOT_FOUND} if there is no such backup
   */
  public void hold(BackupId id, String reason) {
    require(id);
    record(RegisterEvent.HOLD, "HELD", id, reason);
  }

  /**
   * Ends a hold.
   *
   * @throws BackupException kind {@code NOT_FOUND} if there is no such backup, {@code RULE} if it
   *     is not held
   */
  public void release(BackupId id, String reason) {
    if (!require(id).held()) {
      throw new BackupException(
          ErrorKind.RULE, "unable to release '" + id + "'", "it is not held", null);
    }
    record(RegisterEvent.RELEASE, "RELEASED", id, reason);
  }

  private CatalogueEntry require(BackupId id) {
    return catalogueReader
        .read()
        .find(id)
        .orElseThrow(
            () ->
                new BackupException(
                    ErrorKind.NOT_FOUND,
                    "unable to find backup '" + id + "'",
                    "the storages hold no manifest of that name",
                    "list the catalogue for the names there are"));
  }

  private void record(RegisterEvent event, String outcome, BackupId id, String reason) {
    register.append(setup.entry(event, outcome, id, null, Map.of(RegisterDetails.REASON, reason)));
  }
}
