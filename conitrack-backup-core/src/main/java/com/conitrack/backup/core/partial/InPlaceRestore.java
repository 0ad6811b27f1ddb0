package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.approval.Approval;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.TableName;
import com.conitrack.backup.core.port.DatabaseRestorer.Fate;
import com.conitrack.backup.core.port.ExchangeRequest;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.port.TableChange;
import com.conitrack.backup.core.port.TableExchange;
import com.conitrack.backup.core.production.ContentsDigest;
import com.conitrack.backup.core.production.InPlaceRecord;
import com.conitrack.backup.core.production.RestoreJournal;
import com.conitrack.backup.core.production.Safeguards;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One restore of tables in their place, from its first entry in the register to its last. Until its
 * only transaction is committed nothing is changed; others read all the while, and wait to write
 * from the moment that the tables are held.
 */
final class InPlaceRestore {
  private final Setup setup;
  private final Safeguards safeguards;
  private final InPlaceOrder order;
  private final CatalogueEntry entry;
  private final DatabaseFacts facts;
  private final List<Approval> approvals;
  private final RunLock.Held lock;
  private final String id = UUID.randomUUID().toString();
  private final List<String> remarks;
  private final BackupReading reading;
  private final RestoreJournal journal;
  private @Nullable InPlacePlan now;
  private @Nullable String transaction;

  InPlaceRestore(
      Setup setup,
      Register register,
      Safeguards safeguards,
      InPlaceOrder order,
      CatalogueEntry entry,
      DatabaseFacts facts,
      List<Approval> approvals,
      RunLock.Held lock,
      List<String> found) {
    this.setup = setup;
    this.safeguards = safeguards;
    this.order = order;
    this.entry = entry;
    this.facts = facts;
    this.approvals = approvals;
    this.lock = lock;
    this.remarks = new ArrayList<>(found);
    this.reading = new BackupReading(new Restorer(setup, register), entry, remarks);
    this.journal = new RestoreJournal(setup, register, id, entry.id(), facts.name(), remarks);
  }

  InPlaceOutcome execute() {
    journal.require(InPlaceRecord.BEGUN, beginning());
    Map<String, String> details = new TreeMap<>();
    try {
      InPlaceTables tables =
          new InPlaceTables(Selection.of(entry.id(), reading.tables(), order.plan().patterns()));
      exchange(tables, details);
      return done(details);
    } catch (RuntimeException e) {
      return failed(translated(e), details);
    }
  }

  private Map<String, String> beginning() {
    Map<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.TARGET, facts.name() + "@" + facts.server());
    details.put(RegisterDetails.RUN, order.plan().source().run());
    details.put(RegisterDetails.PLAN_DIGEST, order.plan().digest().hex());
    details.put(RegisterDetails.REASON, String.valueOf(order.why()));
    details.put(
        RegisterDetails.TABLE_NAMES,
        order.plan().changes().stream()
            .map(change -> change.table().toString())
            .collect(Collectors.joining(", ")));
    details.put(
        RegisterDetails.CONFIRMED,
        order.confirmations().stream().map(Enum::name).sorted().collect(Collectors.joining(",")));
    details.put(
        RegisterDetails.APPROVAL,
        approvals.stream().map(Approval::id).collect(Collectors.joining(",")));
    return details;
  }

  private void exchange(InPlaceTables tables, Map<String, String> details) {
    ExchangeRequest request =
        new ExchangeRequest(tables.wanted(), true, setup.policy().dumpTimeout());
    try (TableExchange exchange = setup.database().tables().exchange(request)) {
      requireNone(exchange.obstacles());
      journal.step(
          "read the backup",
          () -> "from storage '" + reading.load(tables.names()::contains, exchange) + "'");
      journal.step("hold the tables and compare", () -> hold(exchange));
      String words = "before restoring tables of '" + entry.id() + "': " + order.why();
      Manifest safety = safeguards.safetyBackup(lock, words, journal, remarks);
      details.putAll(
          safeguards.annex(id, entry, safety, tables.names()::contains, journal, remarks));
      digests(tables.names(), safety, details);
      Locks.requireHeld(lock);
      safeguards.use(approvals, journal);
      journal.step("exchange the rows", () -> apply(exchange));
      commit(exchange, details);
    }
  }

  private void requireNone(List<String> obstacles) {
    if (!obstacles.isEmpty()) {
      throw stopped(String.join("; ", obstacles), "mend that, and make a new plan");
    }
  }

  /** From here on nobody changes what was compared. */
  private String hold(TableExchange exchange) {
    exchange.hold();
    InPlacePlan found =
        new InPlacePlanner(setup, entry, order.plan().patterns(), order.why())
            .plan(facts, exchange.compare(), exchange.surroundings(), List.of(), remarks);
    if (!found.digest().equals(order.plan().digest())) {
      now = found;
      throw stopped(
          "the rows have changed since the plan was made, so that it would not do what was approved"
              + " (the plan would now have digest "
              + found.digest()
              + ")",
          "look at the new plan, and have it approved");
    }
    requireNone(found.obstacles());
    return told(found.changes());
  }

  private static String told(List<TableChange> changes) {
    return changes.stream()
        .map(
            each ->
                "%s: %d added, %d removed, %d altered"
                    .formatted(each.table(), each.added(), each.removed(), each.altered()))
        .collect(Collectors.joining("; "));
  }

  private void digests(Set<TableName> tables, Manifest safety, Map<String, String> details) {
    details.put(
        RegisterDetails.DIGEST_BEFORE,
        ContentsDigest.ofTables(safety.contents(), tables::contains).hex());
    details.put(
        RegisterDetails.DIGEST_AFTER,
        ContentsDigest.ofTables(entry.manifest().contents(), tables::contains).hex());
    details.put(RegisterDetails.LOST_FROM, entry.manifest().startedAt().toString());
  }

  private String apply(TableExchange exchange) {
    List<String> told = exchange.apply(entry.manifest().contents().sequences());
    remarks.addAll(told);
    return "the tables are equal to the backup"
        + (told.isEmpty() ? "" : "; " + String.join("; ", told));
  }

  /** Its number is on record before, so that whoever clears up after a crash can ask for it. */
  private void commit(TableExchange exchange, Map<String, String> details) {
    transaction = exchange.id();
    Map<String, String> known = new TreeMap<>(details);
    known.put(RegisterDetails.STEP, "ready to commit");
    known.put(RegisterDetails.DETAIL, "transaction " + transaction);
    known.put(RegisterDetails.TRANSACTION, String.valueOf(transaction));
    journal.require("STEP", known);
    Locks.requireHeld(lock);
    exchange.commit();
  }

  private InPlaceOutcome done(Map<String, String> details) {
    details.put(RegisterDetails.DETAIL, told(order.plan().changes()));
    details.put(RegisterDetails.LOST_TO, setup.clock().instant().toString());
    details.put(RegisterDetails.TABLES, Integer.toString(order.plan().changes().size()));
    details.put(RegisterDetails.DURATION_MILLIS, Long.toString(journal.sinceBegun().toMillis()));
    journal.quietly(InPlaceRecord.DONE, details);
    return new InPlaceOutcome.Done(
        id,
        entry.id(),
        new BackupId(details.getOrDefault(RegisterDetails.SAFETY_BACKUP, "")),
        order.plan().changes(),
        new Sha256(details.getOrDefault(RegisterDetails.DIGEST_BEFORE, "")),
        new Sha256(details.getOrDefault(RegisterDetails.DIGEST_AFTER, "")),
        journal.sinceBegun(),
        remarks);
  }

  private InPlaceOutcome failed(BackupException failure, Map<String, String> details) {
    Fate fate = fate();
    if (fate == Fate.COMMITTED) {
      remarks.add("the tables were restored, and then: " + failure.getMessage());
      return done(details);
    }
    String tables =
        fate == Fate.ROLLED_BACK
            ? "what they were, untouched"
            : "not known to be the old or the new ones: ask 'restore status' once the database answers";
    if (fate == Fate.ROLLED_BACK) {
      details.put(RegisterDetails.DETAIL, "the rows are " + tables);
      details.put(RegisterDetails.REASON, String.valueOf(failure.getMessage()));
      journal.quietly(InPlaceRecord.FAILED, details);
    } // Otherwise it stays open on record, and the next command settles it.
    return new InPlaceOutcome.Failed(id, entry.id(), failure, tables, now, remarks);
  }

  private Fate fate() {
    String name = transaction;
    if (name == null) {
      return Fate.ROLLED_BACK;
    }
    try {
      setup.database().restorer().endLeftovers();
      return setup.database().restorer().fateOf(name);
    } catch (BackupException e) {
      return Fate.UNKNOWN;
    }
  }

  private static BackupException translated(RuntimeException e) {
    return e instanceof BackupException known
        ? known
        : new BackupException(
            ErrorKind.IO, "unable to go on with the restore of tables", String.valueOf(e), null, e);
  }

  private BackupException stopped(String why, String hint) {
    return new BackupException(
        ErrorKind.RULE,
        "unable to put tables of '" + entry.id() + "' back in place",
        why,
        "nothing was touched; " + hint);
  }
}
