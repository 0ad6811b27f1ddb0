package com.conitrack.backup.core.restore;

import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.DumpRequest;
import com.conitrack.backup.core.port.RestoreOptions;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.Setup;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Restores a backup into an empty database: streamed from a stored copy, committed only after the
 * dump has been proved whole, then dumped again and compared. A copy found damaged on the way is
 * passed over for the next; the target is as it was in between.
 */
public final class Restorer {
  private final Setup setup;
  private final @Nullable Register register;

  /**
   * Restores backups that the storages of {@code setup} hold.
   *
   * @param register where restores and damaged copies are recorded; null for nowhere
   */
  public Restorer(Setup setup, @Nullable Register register) {
    this.setup = setup;
    this.register = register;
  }

  /**
   * What stands in the way of a restore into {@code target}, one sentence each with its fix; empty
   * if nothing does.
   */
  public List<String> obstacles(CatalogueEntry entry, Database target) {
    List<String> obstacles = new ArrayList<>();
    List<String> objects = target.inspector().userObjects();
    if (!objects.isEmpty()) {
      obstacles.add(
          "the target database is not empty: it holds "
              + String.join(", ", objects)
              + "; create an empty one for the restore");
    }
    obstacles.addAll(target.inspector().missing(entry.manifest().requirements()));
    if (entry.copies().stream().noneMatch(CopyState::present)) {
      obstacles.add("no configured storage holds a copy of '" + entry.id() + "'");
    }
    return obstacles;
  }

  /** Restores, compares, and records the result. */
  public RestoreOutcome restore(CatalogueEntry entry, Database target, Duration timeout) {
    Instant began = setup.clock().instant();
    List<String> remarks = new ArrayList<>();
    RestoreOutcome outcome;
    @Nullable String into = null;
    try (RunLock.Held held = target.lock().acquire(setup.holder("restore"), setup.lockWait())) {
      DatabaseFacts facts = target.inspector().inspect();
      into = facts.name() + "@" + facts.server();
      endLeftovers(target, remarks);
      requireNoObstacles(entry, target);
      BackupStorage source = load(entry, target.restorer(), RestoreOptions.whole(timeout), remarks);
      Duration loading = Duration.between(began, setup.clock().instant());
      outcome = compare(entry, target, source, loading, began, remarks);
      requireHeld(held, entry);
    } catch (BackupException e) {
      outcome = new RestoreOutcome.Failed(entry.id(), e, remarks);
    }
    record(outcome, into, began);
    return outcome;
  }

  private static void endLeftovers(Database target, List<String> remarks) {
    int ended = target.restorer().endLeftovers();
    if (ended > 0) {
      remarks.add("ended " + ended + " sessions of a restore that had been interrupted");
    }
  }

  /**
   * Loads a backup into an empty database and compares the two. Takes no lock and records no
   * restore: for a database that nobody else knows of yet.
   *
   * @throws BackupException if it could not be loaded or compared
   */
  public RestoreOutcome loadAndCompare(
      CatalogueEntry entry, Database target, RestoreOptions options) {
    return loadAndCompare(entry, target, target.restorer(), options);
  }

  /**
   * The same by way of a restorer that prepares the target each time it is asked: {@linkplain
   * RestoreOptions.Atomicity#PARTS in parts}, a copy found wanting leaves a part of itself behind.
   */
  public RestoreOutcome loadAndCompare(
      CatalogueEntry entry, Database target, DatabaseRestorer into, RestoreOptions options) {
    Instant began = setup.clock().instant();
    List<String> remarks = new ArrayList<>();
    requireNoObstacles(entry, target);
    BackupStorage source = load(entry, into, options, remarks);
    Duration loading = Duration.between(began, setup.clock().instant());
    return compare(entry, target, source, loading, began, remarks);
  }

  /**
   * Pours the first copy that proves good into {@code into}, which may be asked several times: a
   * copy found wanting on the way is passed over for the next. Takes no lock, compares nothing and
   * records no restore.
   *
   * @param remarks is given what a person should know of the copies
   * @return name of the storage it came from
   * @throws BackupException if no copy would do, or {@code into} itself failed
   */
  public String pour(
      CatalogueEntry entry, DatabaseRestorer into, RestoreOptions options, List<String> remarks) {
    return load(entry, into, options, remarks).info().name();
  }

  private static void requireHeld(RunLock.Held held, CatalogueEntry entry) {
    if (!held.isHeld()) {
      throw new BackupException(
          ErrorKind.LOCKED,
          "unable to vouch for the restore of '" + entry.id() + "'",
          "the lock on the target was lost meanwhile, so others may have changed it",
          "look for a dropped connection, empty the target and restore again");
    }
  }

  private void requireNoObstacles(CatalogueEntry entry, Database target) {
    List<String> obstacles = obstacles(entry, target);
    if (!obstacles.isEmpty()) {
      throw new BackupException(
          ErrorKind.RULE,
          "unable to restore '" + entry.id() + "'",
          String.join("; ", obstacles),
          null);
    }
  }

  private BackupStorage load(
      CatalogueEntry entry, DatabaseRestorer into, RestoreOptions options, List<String> remarks) {
    return new CopyLoader(setup, register, entry, remarks).load(into, options);
  }

  private RestoreOutcome compare(
      CatalogueEntry entry,
      Database target,
      BackupStorage source,
      Duration loading,
      Instant began,
      List<String> remarks) {
    DumpFindings findings = dumpAgain(target);
    List<String> differences =
        findings.whole()
            ? entry.manifest().contents().differencesTo(findings.fingerprint())
            : findings.defects();
    String storage = source.info().name();
    if (!differences.isEmpty()) {
      return new RestoreOutcome.Different(entry.id(), storage, differences, remarks);
    }
    Duration total = Duration.between(began, setup.clock().instant());
    return new RestoreOutcome.Equal(
        entry.id(), storage, findings.fingerprint(), loading, total, remarks);
  }

  /** What a database holds, by a dump of it that goes nowhere. */
  public static DumpFindings dumpAgain(Database database) {
    return dumpAgain(database, DumpScope.ALL);
  }

  /** What a part of a database holds, by a dump of it that goes nowhere. */
  public static DumpFindings dumpAgain(Database database, DumpScope scope) {
    DumpInspector inspector = new DumpInspector();
    DumpRequest request = new DumpRequest(scope, DumpRequest.WHOLE.timeout());
    database.dumper().dump(request, new InspectingSink(inspector));
    return inspector.finish();
  }

  private void record(RestoreOutcome outcome, @Nullable String into, Instant began) {
    if (register == null) {
      return;
    }
    Map<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.TARGET, into == null ? "unreachable" : into);
    details.put(
        RegisterDetails.DURATION_MILLIS,
        Long.toString(Duration.between(began, setup.clock().instant()).toMillis()));
    boolean passed = false;
    if (outcome instanceof RestoreOutcome.Equal equal) {
      passed = true;
      details.put(RegisterDetails.ROWS, Long.toString(equal.contents().rows()));
      details.put(RegisterDetails.TABLES, Integer.toString(equal.contents().tables().size()));
      details.put(RegisterDetails.SOURCE, equal.storage());
    } else if (outcome instanceof RestoreOutcome.Different different) {
      details.put(RegisterDetails.REASON, String.join("; ", different.differences()));
      details.put(RegisterDetails.SOURCE, different.storage());
    } else if (outcome instanceof RestoreOutcome.Failed failed) {
      details.put(RegisterDetails.REASON, String.valueOf(failed.failure().getMessage()));
    }
    register.append(
        setup.entry(
            RegisterEvent.RESTORE, passed ? "PASSED" : "FAILED", outcome.backup(), null, details));
  }

  /** Only looks at what is dumped. */
  private static final class InspectingSink extends OutputStream {
    private final DumpInspector inspector;

    InspectingSink(DumpInspector inspector) {
      this.inspector = inspector;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      inspector.accept(bytes, offset, length);
    }
  }
}
