package com.conitrack.backup.core.production;

import com.conitrack.backup.core.approval.Approval;
import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.port.RunLock;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.register.RegisterDetails;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.setup.Setup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One restore of real data, from its first entry in the register to its last. Whatever happens
 * before {@link Replacement#replace} leaves the database untouched.
 */
final class RestoreRun {
  private final Setup setup;
  private final Register register;
  private final Safeguards safeguards;
  private final RestoreOrder order;
  private final RestoreGate.Admitted admitted;
  private final RunLock.Held lock;
  private final String id = UUID.randomUUID().toString();
  private final List<String> remarks = new ArrayList<>();
  private final RestoreJournal journal;
  private final Replacement replacement;
  private boolean settled = true;

  RestoreRun(
      Setup setup,
      Register register,
      CatalogueReader catalogueReader,
      RestoreOrder order,
      RestoreGate.Admitted admitted,
      RunLock.Held lock) {
    this.setup = setup;
    this.register = register;
    this.safeguards = new Safeguards(setup, register, catalogueReader);
    this.order = order;
    this.admitted = admitted;
    this.lock = lock;
    Restorer restorer = new Restorer(setup, register);
    this.journal =
        new RestoreJournal(
            setup, register, id, admitted.entry().id(), admitted.facts().name(), remarks);
    this.replacement =
        Replacement.of(
            order.plan().strategy(),
            setup,
            restorer,
            catalogueReader,
            admitted,
            journal,
            id,
            remarks);
  }

  /** Adds what was found before it began. */
  RestoreRun remark(List<String> found) {
    remarks.addAll(found);
    return this;
  }

  ProductionOutcome execute() {
    journal.require(RestoreRecord.BEGUN, beginning());
    ApplicationHooks.Context context =
        new ApplicationHooks.Context(id, admitted.entry().id(), admitted.facts().name());
    ProductionOutcome.@Nullable Failed failure = null;
    try {
      journal.step("stop application", () -> stop(context));
      Manifest safety = safetyBackup();
      Map<String, String> facts = annex(safety);
      requireLock();
      replace(safety, facts);
    } catch (RuntimeException e) {
      failure = failed(translated(e));
    } finally {
      if (settled) {
        start(context);
      } else {
        remarks.add("the application was not started: 'restore status' does that once all is well");
      }
    }
    if (failure != null) {
      return failure;
    }
    replacement.lookBack(journal);
    return new ProductionOutcome.Restored(record(), remarks);
  }

  private Map<String, String> beginning() {
    Map<String, String> details = new TreeMap<>(replacement.names());
    RestorePlan plan = order.plan();
    details.put(RegisterDetails.TARGET, admitted.facts().name() + "@" + admitted.facts().server());
    details.put(RegisterDetails.RUN, plan.source().run());
    details.put(RegisterDetails.PLAN_DIGEST, plan.digest().hex());
    details.put(RegisterDetails.STRATEGY, plan.strategy().name());
    details.put(RegisterDetails.REASON, String.valueOf(order.why()));
    if (!admitted.leftOut().isNothing()) {
      details.put(RegisterDetails.LEFT_OUT, admitted.leftOut().text());
    }
    details.put(
        RegisterDetails.CONFIRMED,
        order.confirmations().stream()
            .map(Safeguards::word)
            .sorted()
            .collect(Collectors.joining(",")));
    details.put(
        RegisterDetails.APPROVAL,
        admitted.approvals().stream().map(Approval::id).collect(Collectors.joining(",")));
    return details;
  }

  private String stop(ApplicationHooks.Context context) {
    order.hooks().stop(context);
    return order.hooks() == ApplicationHooks.NONE ? "no hook is configured" : "done";
  }

  private void start(ApplicationHooks.Context context) {
    try {
      journal.step(
          "start application",
          () -> {
            order.hooks().start(context);
            return order.hooks() == ApplicationHooks.NONE ? "no hook is configured" : "done";
          });
    } catch (RuntimeException e) {
      remarks.add("THE APPLICATION WAS NOT STARTED: " + e.getMessage());
      journal.quietly(
          RestoreRecord.STEP,
          Map.of(
              RegisterDetails.STEP,
              "start application",
              RegisterDetails.DETAIL,
              "FAILED: " + e.getMessage()));
    }
  }

  private Manifest safetyBackup() {
    String words = "before restoring '" + admitted.entry().id() + "': " + order.why();
    return safeguards.safetyBackup(lock, words, journal, remarks);
  }

  private Map<String, String> annex(Manifest safety) {
    return safeguards.annex(id, admitted.entry(), safety, any -> true, journal, remarks);
  }

  private void requireLock() {
    if (!lock.isHeld()) {
      throw new BackupException(
          ErrorKind.LOCKED,
          "unable to go on with the restore",
          "the lock on the database was lost",
          "nothing was touched; look for a dropped connection, then restore again");
    }
  }

  private void replace(Manifest safety, Map<String, String> facts) {
    facts.put(RegisterDetails.LOST_FROM, admitted.entry().manifest().startedAt().toString());
    facts.put(RegisterDetails.DIGEST_BEFORE, ContentsDigest.of(safety.contents()).hex());
    Fingerprint contents =
        CopyReading.contents(
            new Restorer(setup, register), admitted.entry(), admitted.leftOut(), remarks);
    facts.put(RegisterDetails.DIGEST_AFTER, ContentsDigest.of(contents).hex());
    // On record before the database changes, so that whoever clears up after a crash has them.
    Map<String, String> known = new TreeMap<>(facts);
    known.put(RegisterDetails.STEP, "ready to replace");
    known.put(RegisterDetails.DETAIL, "everything is in place");
    journal.require(RestoreRecord.STEP, known);
    facts.putAll(
        replacement.replace(safety, contents, () -> safeguards.use(admitted.approvals(), journal)));
    Instant end = setup.clock().instant();
    facts.putIfAbsent(RegisterDetails.LOST_TO, end.toString());
    journal.quietly(RestoreRecord.PASSED, finished(facts));
  }

  private Map<String, String> finished(Map<String, String> facts) {
    Map<String, String> details = new TreeMap<>(facts);
    Manifest manifest = admitted.entry().manifest();
    details.put(RegisterDetails.ROWS, Long.toString(manifest.contents().rows()));
    details.put(RegisterDetails.TABLES, Integer.toString(manifest.contents().tables().size()));
    details.put(RegisterDetails.DURATION_MILLIS, Long.toString(journal.sinceBegun().toMillis()));
    return details;
  }

  private static BackupException translated(RuntimeException e) {
    return e instanceof BackupException known
        ? known
        : new BackupException(
            ErrorKind.IO, "unable to go on with the restore", String.valueOf(e), null, e);
  }

  /** Null if the database is the backup's all the same. */
  private ProductionOutcome.@Nullable Failed failed(BackupException failure) {
    Replacement.Aftermath aftermath = replacement.afterFailure();
    Map<String, String> details = new TreeMap<>();
    details.put(RegisterDetails.DETAIL, aftermath.production());
    if (aftermath.standing() == Replacement.Standing.REPLACED) {
      remarks.add("the database was replaced, and then: " + failure.getMessage());
      journal.quietly(RestoreRecord.PASSED, details);
      return null;
    }
    details.put(RegisterDetails.REASON, String.valueOf(failure.getMessage()));
    if (aftermath.standing() == Replacement.Standing.NOT_REPLACED) {
      journal.quietly(RestoreRecord.FAILED, details);
    } else {
      settled = false; // It stays open on record: the next command settles it.
    }
    return new ProductionOutcome.Failed(
        id, admitted.entry().id(), failure, aftermath.production(), remarks);
  }

  private RestoreRecord record() {
    return RestoreRecord.of(register.entries(), admitted.facts().name()).stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new BackupException(
                    ErrorKind.IO,
                    "unable to show the record of restore " + id,
                    "the register no longer shows it, though the restore was carried out",
                    "look at the storages"));
  }
}
