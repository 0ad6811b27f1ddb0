package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.port.SideSchema;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.util.List;

/** Restores chosen tables of a backup. Safe for use by many threads. */
public final class PartialRestores {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;

  /** Restores into the database in {@code setup}. */
  public PartialRestores(Setup setup, Register register, CatalogueReader catalogueReader) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
  }

  /**
   * Puts tables of a backup into a schema of their own, to look at: with columns, types, data, keys
   * and indexes, readable by nobody but the user of the connection. It changes nothing that is
   * there and needs no approval; it is recorded. All is made in one transaction, which is committed
   * after the copy has been proved whole, and then dumped and compared with the backup's manifest:
   * what is not equal is dropped again.
   *
   * @throws BackupException kind {@code NOT_FOUND} if there is no such backup; others if the result
   *     cannot be recorded
   */
  public SideOutcome beside(SideRequest request) {
    CatalogueEntry entry = require(request.backup());
    Restorer restorer = new Restorer(setup, register);
    return new SideRestore(setup, restorer, new TablesLog(setup, register), entry, request)
        .execute();
  }

  /** The schemas that {@link #beside} made and that are still there, ordered by name. */
  public List<SideSchema> sideSchemas() {
    return setup.database().tables().sideSchemas();
  }

  /**
   * Deletes a schema that {@link #beside} made, with all that is in it, and records that.
   *
   * @throws BackupException kind {@code NOT_FOUND} if there is none of that name; {@code RULE} if
   *     it was not made by {@link #beside}, or something outside of it depends on it
   */
  public void dropSideSchema(String name) {
    try (RunLock.Held held =
        setup.database().lock().acquire(setup.holder("dropping a schema"), setup.lockWait())) {
      Locks.requireHeld(held);
      setup.database().tables().dropSideSchema(name);
      new TablesLog(setup, register).sideDropped(name, setup.database().inspector().inspect());
    }
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
}
