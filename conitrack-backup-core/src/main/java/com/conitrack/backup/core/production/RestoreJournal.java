package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.port.BackupEvent;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Writes what a restore does into the register, as it does it. Belongs to one thread. */
public final class RestoreJournal {
  private final Setup setup;
  private final Register register;
  private final String restore;
  private final BackupId backup;
  private final String database;
  private final List<String> remarks;
  private final Instant begun;

  /**
   * Of one restore.
   *
   * @param restore its id
   * @param database the database that is changed
   * @param remarks is given what could not be put on record
   */
  public RestoreJournal(
      Setup setup,
      Register register,
      String restore,
      BackupId backup,
      String database,
      List<String> remarks) {
    this.setup = setup;
    this.register = register;
    this.restore = restore;
    this.backup = backup;
    this.database = database;
    this.remarks = remarks;
    this.begun = setup.clock().instant();
  }

  /** Does a step and records it; what it returns is the detail. What it throws is not recorded. */
  public void step(String name, Supplier<String> action) {
    setup.events().tell(new BackupEvent.RestoreStep(backup, restore, name));
    Instant began = setup.clock().instant();
    String detail = action.get();
    Map<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.STEP, name);
    details.put(RegisterDetails.DETAIL, detail);
    details.put(RegisterDetails.DURATION_MILLIS, Long.toString(since(began).toMillis()));
    quietly(RestoreRecord.STEP, details);
  }

  /** Time since this journal was begun. */
  public Duration sinceBegun() {
    return since(begun);
  }

  private Duration since(Instant began) {
    return Duration.between(began, setup.clock().instant());
  }

  /**
   * Writes an entry that must be on record before what it announces is done.
   *
   * @throws BackupException if no storage took it
   */
  public void require(String outcome, Map<String, String> details) {
    append(RegisterEvent.RESTORE, outcome, details);
  }

  /** The same for another event. */
  public void require(RegisterEvent event, String outcome, Map<String, String> details) {
    append(event, outcome, details);
  }

  /** Writes an entry of what cannot be undone any more; a register out of reach is told. */
  public void quietly(String outcome, Map<String, String> details) {
    try {
      append(RegisterEvent.RESTORE, outcome, details);
    } catch (BackupException e) {
      remarks.add("not on record: " + outcome + " " + details + ": " + e.getMessage());
    }
  }

  private void append(RegisterEvent event, String outcome, Map<String, String> details) {
    Map<String, String> all = new TreeMap<>(details);
    all.put(RegisterDetails.RESTORE, restore);
    all.put(RegisterDetails.DATABASE, database);
    remarks.addAll(register.append(setup.entry(event, outcome, backup, null, all)).failures());
  }
}
