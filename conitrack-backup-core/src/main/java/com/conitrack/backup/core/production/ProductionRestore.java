package com.conitrack.backup.core.production;

import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.setup.Setup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Replaces the database by a backup, and goes back. One at a time, under the database's lock; what
 * an earlier one left unfinished when it was interrupted is settled before anything else.
 */
public final class ProductionRestore {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;

  /** Restores the database in {@code setup}. */
  public ProductionRestore(Setup setup, Register register, CatalogueReader catalogueReader) {
    this.setup = setup;
    this.register = register;
    this.catalogueReader = catalogueReader;
  }

  /**
   * Carries out a plan.
   *
   * @throws BackupException before anything was begun: kind {@code RULE} if the order is refused,
   *     {@code LOCKED} if another run is at work
   */
  public ProductionOutcome execute(RestoreOrder order) {
    try (RunLock.Held first = lock("restore");
        Settled settled = new Settled(first, order.hooks())) {
      RunLock.Held held = settled.lock("restore");
      RestoreGate.Admitted admitted =
          new RestoreGate(setup, register, catalogueReader).admit(order);
      settled.leaveStartToWhatFollows();
      return new RestoreRun(setup, register, catalogueReader, order, admitted, held)
          .remark(settled.told())
          .execute();
    }
  }

  /**
   * What was interrupted is settled; when this is closed, the application is started that a settled
   * restore had stopped, unless what follows sees to it.
   */
  private final class Settled implements AutoCloseable {
    private final ApplicationHooks hooks;
    private final RestoreRecovery.Result result;
    private final List<String> told;
    private RunLock.Held held;
    private boolean start = true;

    Settled(RunLock.Held held, ApplicationHooks hooks) {
      this.held = held;
      this.hooks = hooks;
      this.result = recovery().settle();
      this.told = new ArrayList<>(result.told());
    }

    /** The lock for what follows: it goes when settling exchanges databases. */
    RunLock.Held lock(String what) {
      if (!held.isHeld()) {
        held = ProductionRestore.this.lock(what);
      }
      return held;
    }

    void leaveStartToWhatFollows() {
      start = false;
    }

    List<String> told() {
      return told;
    }

    @Override
    public void close() {
      held.close();
      if (start) {
        List<String> failures = new ArrayList<>();
        result.settled().forEach(each -> start(hooks, each, failures));
        requireNone(failures);
      }
    }
  }

  private static void requireNone(List<String> failures) {
    if (!failures.isEmpty()) {
      throw new BackupException(
          ErrorKind.IO,
          "unable to start the application after an interrupted restore was settled",
          String.join("; ", failures),
          "start it by hand");
    }
  }

  /** Puts the database from before the newest restore back. */
  public UndoOutcome rollback(String target, String reason, ApplicationHooks hooks) {
    requireTarget("roll back the restore", target);
    try (RunLock.Held first = lock("rollback of a restore");
        Settled settled = new Settled(first, hooks)) {
      requireHeld(settled.lock("rollback of a restore"));
      UndoOutcome outcome = new RestoreUndo(setup, register, name()).rollback(reason, hooks);
      settled.leaveStartToWhatFollows();
      return outcome;
    }
  }

  /** Deletes the database that a restore left beside. */
  public UndoOutcome discard(String target, ApplicationHooks hooks) {
    requireTarget("discard what a restore left", target);
    try (RunLock.Held first = lock("clearing up after a restore");
        Settled settled = new Settled(first, hooks)) {
      requireHeld(settled.lock("clearing up after a restore"));
      return new RestoreUndo(setup, register, name()).discard();
    }
  }

  /**
   * How restores stand. Settles what was interrupted, and then starts the application, as its
   * restore could not.
   */
  public RestoreStatus status(ApplicationHooks hooks) {
    String name = name();
    try (RunLock.Held held = setup.database().lock().acquire(holder("status"), Duration.ZERO)) {
      requireHeld(held);
      RestoreRecovery.Result result = recovery().settle();
      List<String> told = new ArrayList<>(result.told());
      result.settled().forEach(each -> start(hooks, each, told));
      return new RestoreStatus(name, records(name), told, null);
    } catch (BackupException e) {
      if (e.kind() != ErrorKind.LOCKED) {
        throw e;
      }
      return new RestoreStatus(name, records(name), List.of(), e.why());
    }
  }

  private static void start(ApplicationHooks hooks, RestoreRecord record, List<String> told) {
    try {
      hooks.start(new ApplicationHooks.Context(record.id(), record.backup(), record.database()));
    } catch (RuntimeException e) {
      told.add("THE APPLICATION WAS NOT STARTED: " + e.getMessage());
    }
  }

  private List<RestoreRecord> records(String name) {
    return RestoreRecord.of(register.entries(), name);
  }

  private RestoreRecovery recovery() {
    return new RestoreRecovery(setup, register, catalogueReader, name());
  }

  private String name() {
    return setup.database().inspector().inspect().name();
  }

  private RunLock.Held lock(String what) {
    return setup.database().lock().acquire(holder(what), setup.lockWait());
  }

  private String holder(String what) {
    return setup.holder(what);
  }

  private void requireTarget(String what, String target) {
    String name = name();
    if (!name.equals(target)) {
      throw new BackupException(
          ErrorKind.RULE,
          "unable to " + what,
          "the database named is '" + target + "', the one configured is '" + name + "'",
          "nothing was touched; name the database that is meant");
    }
  }

  private static void requireHeld(RunLock.Held held) {
    if (!held.isHeld()) {
      throw new BackupException(
          ErrorKind.LOCKED,
          "unable to go on",
          "the lock on the database was lost",
          "nothing was touched; look for a dropped connection, then try again");
    }
  }
}
