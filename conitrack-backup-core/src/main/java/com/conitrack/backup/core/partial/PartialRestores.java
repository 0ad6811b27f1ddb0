package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.approval.Approval;
import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.port.SideSchema;
import com.conitrack.backup.core.production.Safeguards;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
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

  /**
   * What would change if tables of the database got the rows they have in a backup, and what stands
   * in the way. Changes nothing, and nobody waits for it: the backup's rows are compared with the
   * database's on the server, in temporary tables of a transaction that is rolled back.
   *
   * @throws BackupException kind {@code NOT_FOUND} if there is no such backup or table in it;
   *     others if either cannot be read
   */
  public InPlacePlan planInPlace(InPlaceRequest request) {
    CatalogueEntry entry = require(request.backup());
    List<String> remarks = new ArrayList<>();
    BackupReading reading = new BackupReading(new Restorer(setup, register), entry, remarks);
    return new InPlacePlanner(setup, entry, request.tables(), request.reason())
        .plan(reading, remarks);
  }

  /**
   * Gives tables the rows they have in a backup, as planned and approved, in one transaction:
   * others are kept from writing to them, the changes must still be those of the plan, a safety
   * backup is taken and proved, rows of audit tables that would go are saved, then the rows that
   * differ are exchanged, without firing the user's triggers, and everything is compared once more
   * before it is made final. It is in the register step by step. If this process dies, {@code
   * restoreStatus} or the next restore tells what became of it.
   *
   * @throws BackupException before anything was begun: kind {@code RULE}, telling everything that
   *     is missing, if the order is refused; {@code NOT_FOUND} if the backup is gone; {@code
   *     LOCKED} if another run is at work
   */
  public InPlaceOutcome inPlace(InPlaceOrder order) {
    try (RunLock.Held held =
        setup
            .database()
            .lock()
            .acquire(setup.holder("restore of tables in place"), setup.lockWait())) {
      DatabaseFacts facts = setup.database().inspector().inspect();
      Safeguards safeguards = new Safeguards(setup, register, catalogueReader);
      List<String> settled = safeguards.settle(facts.name());
      CatalogueEntry entry = require(order.plan().source().backup());
      List<Approval> approvals = InPlaceGate.admit(order, entry, facts, safeguards);
      return new InPlaceRestore(
              setup, register, safeguards, order, entry, facts, approvals, held, settled)
          .execute();
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
