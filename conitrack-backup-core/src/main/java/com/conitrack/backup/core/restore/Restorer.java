package com.conitrack.backup.core.restore;

import com.conitrack.backup.core.dump.DumpFindings;
import com.conitrack.backup.core.dump.DumpInspector;
import com.conitrack.backup.core.dump.NamedContents;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.CopyState;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.DumpDemands;
import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.model.LeftOut;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Requirements;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.DumpRequest;
import com.conitrack.backup.core.port.LoadPlace;
import com.conitrack.backup.core.port.RestoreOptions;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.setup.Setup;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
  /** Of those that pg_dump sets, the one that came last: since version 17. */
  private static final String NEWEST_SETTING = "transaction_timeout";

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
  public List<String> obstacles(
      CatalogueEntry entry, Database target, Collection<LeaveOut> leaveOut) {
    return obstacles(entry, target, leaving(leaveOut, entry, target));
  }

  private static List<String> obstacles(CatalogueEntry entry, Database target, LeftOut leftOut) {
    List<String> obstacles = new ArrayList<>();
    List<String> objects = target.inspector().userObjects();
    if (!objects.isEmpty()) {
      obstacles.add(
          "the target database is not empty: it holds "
              + String.join(", ", objects)
              + "; create an empty one for the restore");
    }
    Requirements needed = entry.manifest().requirements().without(leftOut);
    obstacles.addAll(target.inspector().missing(needed, LoadPlace.THIS_DATABASE));
    if (entry.copies().stream().noneMatch(CopyState::present)) {
      obstacles.add("no configured storage holds a copy of '" + entry.id() + "'");
    }
    return obstacles;
  }

  /**
   * What a restore into {@code target}, or into a new database of its server, leaves out: what is
   * asked for, and settings that the server does not know.
   */
  public static LeftOut leaving(Collection<LeaveOut> asked, CatalogueEntry entry, Database target) {
    DumpDemands demands = entry.manifest().requirements().demands();
    List<String> settings = demands == null ? List.of(NEWEST_SETTING) : demands.settings();
    return LeftOut.of(asked).withSettings(target.inspector().unknownSettings(settings));
  }

  /** Restores, compares, and records the result. */
  public RestoreOutcome restore(
      CatalogueEntry entry, Database target, Duration timeout, Collection<LeaveOut> leaveOut) {
    Instant began = setup.clock().instant();
    List<String> remarks = new ArrayList<>();
    RestoreOutcome outcome;
    @Nullable String into = null;
    LeftOut leftOut = LeftOut.of(leaveOut);
    try (RunLock.Held held = target.lock().acquire(setup.holder("restore"), setup.lockWait())) {
      DatabaseFacts facts = target.inspector().inspect();
      into = facts.name() + "@" + facts.server();
      endLeftovers(target, remarks);
      leftOut = leaving(leaveOut, entry, target);
      requireNoObstacles(entry, target, leftOut);
      RestoreOptions options = RestoreOptions.whole(timeout).without(leftOut);
      Loaded loaded = pour(entry, target.restorer(), options, remarks);
      Duration loading = Duration.between(began, setup.clock().instant());
      outcome = compare(entry, target, loaded, leftOut, loading, began, remarks);
      requireHeld(held, entry);
    } catch (BackupException e) {
      outcome = new RestoreOutcome.Failed(entry.id(), e, remarks);
    }
    record(outcome, into, leftOut, began);
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
    requireNoObstacles(entry, target, options.leftOut());
    Loaded loaded = pour(entry, into, options, remarks);
    Duration loading = Duration.between(began, setup.clock().instant());
    return compare(entry, target, loaded, options.leftOut(), loading, began, remarks);
  }

  /**
   * Pours the first copy that proves good into {@code into}, which may be asked several times: a
   * copy found wanting on the way is passed over for the next. Takes no lock, compares nothing and
   * records no restore.
   *
   * @param remarks is given what a person should know of the copies
   * @throws BackupException if no copy would do, or {@code into} itself failed
   */
  public Loaded pour(
      CatalogueEntry entry, DatabaseRestorer into, RestoreOptions options, List<String> remarks) {
    return new CopyLoader(setup, register, entry, remarks).load(into, options);
  }

  /**
   * What was loaded.
   *
   * @param storage name of the storage it came from
   * @param contents the backup's contents; of what was left out, nothing is in them
   * @param named the same whatever the order of columns in inheriting tables
   * @param leftOut what was left out, a phrase for each thing; empty if nothing was
   */
  public record Loaded(
      String storage, Fingerprint contents, NamedContents named, List<String> leftOut) {
    public Loaded {
      leftOut = List.copyOf(leftOut);
    }

    /** Holds a database against it. */
    public Likeness likeness(DumpFindings found) {
      return Likeness.of(contents, named, found.fingerprint(), found.named());
    }
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

  private static void requireNoObstacles(CatalogueEntry entry, Database target, LeftOut leftOut) {
    List<String> obstacles = obstacles(entry, target, leftOut);
    if (!obstacles.isEmpty()) {
      throw new BackupException(
          ErrorKind.RULE,
          "unable to restore '" + entry.id() + "'",
          String.join("; ", obstacles),
          null);
    }
  }

  private RestoreOutcome compare(
      CatalogueEntry entry,
      Database target,
      Loaded loaded,
      LeftOut leftOut,
      Duration loading,
      Instant began,
      List<String> remarks) {
    DumpFindings findings = dumpAgain(target, leftOut);
    Likeness likeness =
        findings.whole() ? loaded.likeness(findings) : new Likeness(findings.defects(), List.of());
    remarks.addAll(likeness.remarks());
    if (!likeness.differences().isEmpty()) {
      return new RestoreOutcome.Different(
          entry.id(), loaded.storage(), likeness.differences(), loaded.leftOut(), remarks);
    }
    Duration total = Duration.between(began, setup.clock().instant());
    return new RestoreOutcome.Equal(
        entry.id(),
        loaded.storage(),
        findings.fingerprint(),
        loading,
        total,
        loaded.leftOut(),
        remarks);
  }

  /** What a database holds, by a dump of it that goes nowhere. */
  public static DumpFindings dumpAgain(Database database) {
    return dumpAgain(database, DumpScope.ALL);
  }

  /** What a database holds but for what a restore of it has left out. */
  public static DumpFindings dumpAgain(Database database, LeftOut leftOut) {
    if (leftOut.isNothing()) {
      return dumpAgain(database);
    }
    ReducedContents contents = new ReducedContents(leftOut);
    database.dumper().dump(DumpRequest.WHOLE, contents);
    try {
      return contents.finish();
    } catch (IOException e) {
      throw new BackupException(
          ErrorKind.DATABASE,
          "unable to compare the restored database with the backup",
          String.valueOf(e.getMessage()),
          null,
          e);
    }
  }

  /** What a part of a database holds, by a dump of it that goes nowhere. */
  public static DumpFindings dumpAgain(Database database, DumpScope scope) {
    DumpInspector inspector = new DumpInspector();
    DumpRequest request = new DumpRequest(scope, DumpRequest.WHOLE.timeout());
    database.dumper().dump(request, new InspectingSink(inspector));
    return inspector.finish();
  }

  private void record(
      RestoreOutcome outcome, @Nullable String into, LeftOut leftOut, Instant began) {
    if (register == null) {
      return;
    }
    Map<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.TARGET, into == null ? "unreachable" : into);
    details.put(
        RegisterDetails.DURATION_MILLIS,
        Long.toString(Duration.between(began, setup.clock().instant()).toMillis()));
    if (!leftOut.isNothing()) {
      details.put(RegisterDetails.LEFT_OUT, leftOut.text());
    }
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
}
