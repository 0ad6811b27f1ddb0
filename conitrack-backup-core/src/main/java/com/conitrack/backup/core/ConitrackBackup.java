package com.conitrack.backup.core;

import com.conitrack.backup.core.adopt.AdoptionPreview;
import com.conitrack.backup.core.adopt.AdoptionRequest;
import com.conitrack.backup.core.backup.AdoptionTaker;
import com.conitrack.backup.core.backup.BackupOutcome;
import com.conitrack.backup.core.backup.BackupRequest;
import com.conitrack.backup.core.backup.BackupTaker;
import com.conitrack.backup.core.catalogue.CatalogueReader;
import com.conitrack.backup.core.check.CheckReport;
import com.conitrack.backup.core.check.Checker;
import com.conitrack.backup.core.check.Qualifications;
import com.conitrack.backup.core.check.StorageQualification;
import com.conitrack.backup.core.check.StorageQualifier;
import com.conitrack.backup.core.drill.DrillOutcome;
import com.conitrack.backup.core.drill.DrillRequest;
import com.conitrack.backup.core.drill.Drills;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Catalogue;
import com.conitrack.backup.core.model.CatalogueEntry;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Trigger;
import com.conitrack.backup.core.model.VerificationLevel;
import com.conitrack.backup.core.partial.PartialRestores;
import com.conitrack.backup.core.policy.BackupPolicy;
import com.conitrack.backup.core.policy.Schedule;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.production.ApplicationHooks;
import com.conitrack.backup.core.production.ProductionOutcome;
import com.conitrack.backup.core.production.ProductionRestore;
import com.conitrack.backup.core.production.RestoreOrder;
import com.conitrack.backup.core.production.RestorePlan;
import com.conitrack.backup.core.production.RestorePlanner;
import com.conitrack.backup.core.production.RestoreRequest;
import com.conitrack.backup.core.production.RestoreStatus;
import com.conitrack.backup.core.production.UndoOutcome;
import com.conitrack.backup.core.prune.Holds;
import com.conitrack.backup.core.prune.PruneOutcome;
import com.conitrack.backup.core.prune.Pruner;
import com.conitrack.backup.core.register.Appended;
import com.conitrack.backup.core.register.Register;
import com.conitrack.backup.core.replicate.ReplicationOutcome;
import com.conitrack.backup.core.replicate.ReplicationPlan;
import com.conitrack.backup.core.replicate.Replicator;
import com.conitrack.backup.core.restore.RestoreOutcome;
import com.conitrack.backup.core.restore.Restorer;
import com.conitrack.backup.core.retention.RetentionPlan;
import com.conitrack.backup.core.schedule.BackupSchedulerBuilder;
import com.conitrack.backup.core.schedule.RunCalendar;
import com.conitrack.backup.core.setup.Setup;
import com.conitrack.backup.core.status.BackupStatus;
import com.conitrack.backup.core.status.StatusReader;
import com.conitrack.backup.core.status.StatusReading;
import com.conitrack.backup.core.verify.BackupVerifier;
import com.conitrack.backup.core.verify.VerificationReport;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Backs up one database into one or more storages, and proves it. Made with {@link #builder()}.
 *
 * <p>Safe for use by many threads. Holds no resources of its own: there is nothing to close, and
 * whoever made a storage or a database closes what they need. Work is done on the calling thread
 * and on threads that end with the call; interrupting the calling thread cancels a backup or a
 * restore.
 *
 * <p>What a run could not do is told in its outcome. Exceptions are for what no outcome can tell: a
 * {@link BackupException} of kind {@code LOCKED} when another run is at work, of kind {@code
 * NOT_FOUND} for a backup that is not in the catalogue, and others where no storage or register can
 * be read.
 */
public final class ConitrackBackup {
  private final Setup setup;
  private final Register register;
  private final CatalogueReader catalogueReader;

  ConitrackBackup(Setup setup) {
    this.setup = setup;
    this.register = new Register(setup.storages(), setup.policy().immutability());
    this.catalogueReader = new CatalogueReader(setup.storages(), register);
  }

  /** Starts with the defaults; a database and a storage must be given. */
  public static ConitrackBackupBuilder builder() {
    return new ConitrackBackupBuilder();
  }

  /** The policy in force. */
  public BackupPolicy policy() {
    return setup.policy();
  }

  /** Takes a backup for that reason; see {@link #backup(BackupRequest)}. */
  public BackupOutcome backup(Trigger trigger) {
    return backup(BackupRequest.of(trigger));
  }

  /**
   * Takes a backup: dump, copies in all storages, proof of each, manifest, register.
   *
   * @throws BackupException kind {@code LOCKED} if another run is at work on the database
   */
  public BackupOutcome backup(BackupRequest request) {
    return new BackupTaker(setup, register, catalogueReader).take(request);
  }

  /**
   * Makes a backup of a dump that somebody else's tool has made: its bytes are stored unchanged,
   * once a reading has shown that it is whole, of one database, and as the policy's content rules
   * ask. It belongs to the database that this was built for.
   *
   * @throws BackupException kind {@code LOCKED} if another run is at work on the database
   */
  public BackupOutcome adopt(AdoptionRequest request) {
    return new AdoptionTaker(setup, register, catalogueReader).adopt(request);
  }

  /**
   * Reads a dump that somebody else's tool has made, and tells what it is and what stands in the
   * way of adopting it. Changes nothing.
   *
   * @throws BackupException if it is no dump or cannot be read
   */
  public AdoptionPreview planAdoption(AdoptionRequest request) {
    return new AdoptionTaker(setup, register, catalogueReader).examine(request);
  }

  /** What the storages hold, read anew. A storage that cannot be read is one of its problems. */
  public Catalogue catalogue() {
    return catalogueReader.read();
  }

  /**
   * The runs of the policy's schedule with what became of them, as the storages tell it; empty if
   * the policy has no schedule. The database is not asked.
   *
   * @param database its name
   */
  public Optional<RunCalendar> runs(String database) {
    Schedule schedule = setup.policy().schedule();
    return Optional.ofNullable(schedule)
        .map(
            given ->
                RunCalendar.of(
                    given,
                    setup.policy().runs().grace(),
                    database,
                    catalogueReader.read(),
                    register.entries()));
  }

  /**
   * Starts to put a scheduler together that keeps the policy's schedule in this process, one
   * replica of many at a time.
   */
  public BackupSchedulerBuilder scheduler() {
    return new BackupSchedulerBuilder(setup, register, catalogueReader);
  }

  /** Verifies every copy of one backup, and records the results. */
  public VerificationReport verify(BackupId id, VerificationLevel level) {
    Catalogue catalogue = catalogueReader.read();
    return new BackupVerifier(setup, register)
        .verify(catalogue, List.of(require(catalogue, id)), level);
  }

  /** Verifies every copy of every backup, newest first, and records the results. */
  public VerificationReport verifyAll(VerificationLevel level) {
    Catalogue catalogue = catalogueReader.read();
    return new BackupVerifier(setup, register).verify(catalogue, catalogue.entries(), level);
  }

  /** What stands in the way of restoring a backup into {@code target}; empty if nothing does. */
  public List<String> restoreObstacles(BackupId id, Database target) {
    return restoreObstacles(id, target, setup.policy().restore().leaveOut());
  }

  /**
   * The same for a restore that leaves something out.
   *
   * @param leaveOut what is not loaded, instead of what the policy says
   */
  public List<String> restoreObstacles(BackupId id, Database target, Set<LeaveOut> leaveOut) {
    return new Restorer(setup, register)
        .obstacles(require(catalogueReader.read(), id), target, leaveOut);
  }

  /**
   * Restores a backup into an empty database, in one transaction that is committed only after the
   * copy has been proved whole, and compares the result with the backup's fingerprint.
   *
   * @param target where to; it must be empty. It is never the database this was built for, unless
   *     that is empty
   */
  public RestoreOutcome restoreTo(BackupId id, Database target) {
    return restoreTo(id, target, setup.policy().restore().leaveOut());
  }

  /**
   * The same without a part of the dump, for users who are no superusers.
   *
   * @param leaveOut what is not loaded, instead of what the policy says
   */
  public RestoreOutcome restoreTo(BackupId id, Database target, Set<LeaveOut> leaveOut) {
    return new Restorer(setup, register)
        .restore(
            require(catalogueReader.read(), id), target, setup.policy().dumpTimeout(), leaveOut);
  }

  /**
   * What a restore of a backup over the database would do, and what stands in the way of it.
   * Changes nothing.
   *
   * @throws BackupException kind {@code NOT_FOUND} if there is no such backup
   */
  public RestorePlan planRestore(RestoreRequest request) {
    return new RestorePlanner(setup, register, catalogueReader).plan(request);
  }

  /**
   * Replaces the database by a backup, as planned and approved: stops the application, takes and
   * proves a safety backup, saves the audit rows that would be erased, replaces, and starts the
   * application, each step with its time in the register.
   *
   * @throws BackupException before anything was begun: kind {@code RULE}, telling everything that
   *     is missing, if the order is refused; {@code LOCKED} if another run is at work
   */
  public ProductionOutcome restore(RestoreOrder order) {
    return production().execute(order);
  }

  /**
   * Puts the database from before the newest restore back, within seconds.
   *
   * @param target the database's name, said once more
   * @param reason why, for the register
   * @param hooks stop and start the application
   * @throws BackupException kind {@code RULE} if there is nothing to go back to
   */
  public UndoOutcome rollbackRestore(String target, String reason, ApplicationHooks hooks) {
    return production().rollback(target, reason, hooks);
  }

  /**
   * Deletes the database that the newest restore (or its rollback) left beside. There is no way
   * back from then on but backups.
   *
   * @param target the database's name, said once more
   * @throws BackupException kind {@code RULE} if there is none
   */
  public UndoOutcome discardRestore(String target) {
    return discardRestore(target, ApplicationHooks.NONE);
  }

  /** The same; starts the application if a restore is settled that was interrupted. */
  public UndoOutcome discardRestore(String target, ApplicationHooks hooks) {
    return production().discard(target, hooks);
  }

  /**
   * How restores stand. One that was interrupted, by a crash of this process or of the server, is
   * finished or cleared up, and the application started.
   */
  public RestoreStatus restoreStatus(ApplicationHooks hooks) {
    return production().status(hooks);
  }

  private ProductionRestore production() {
    return new ProductionRestore(setup, register, catalogueReader);
  }

  /** Restores of single tables: beside, to look at, or in their place. */
  public PartialRestores tables() {
    return new PartialRestores(setup, register, catalogueReader);
  }

  /** What retention would delete and keep now, with the reasons. Deletes nothing. */
  public RetentionPlan planRetention() {
    return new Pruner(setup, register, catalogueReader).plan();
  }

  /**
   * Deletes what the plan shows and nothing else.
   *
   * @throws BackupException kind {@code RULE}, before anything is deleted, if the plan does not fit
   *     the catalogue any more
   */
  public PruneOutcome prune(RetentionPlan plan) {
    return new Pruner(setup, register, catalogueReader).execute(plan);
  }

  /** Which copies of the database's backups are wanting, and from where each can be made up. */
  public ReplicationPlan planReplication() {
    return new Replicator(setup, register, catalogueReader).plan(id -> true);
  }

  /**
   * The same for some backups only.
   *
   * @throws BackupException kind {@code NOT_FOUND} if one of them is not in the catalogue
   */
  public ReplicationPlan planReplication(Collection<BackupId> ids) {
    Catalogue catalogue = catalogueReader.read();
    ids.forEach(id -> require(catalogue, id));
    return new Replicator(setup, register, catalogueReader).plan(Set.copyOf(ids)::contains);
  }

  /**
   * Makes up the copies that the plan shows, each streamed from a proved one, proved as it passes
   * and read back.
   *
   * @throws BackupException kind {@code LOCKED} if another run is at work on the database
   */
  public ReplicationOutcome replicate(ReplicationPlan plan) {
    return new Replicator(setup, register, catalogueReader).execute(plan);
  }

  /** Keeps a backup whatever retention says, until {@link #release}. */
  public void hold(BackupId id, String reason) {
    new Holds(setup, register, catalogueReader).hold(id, reason);
  }

  /** Lets retention decide on a backup again. */
  public void release(BackupId id, String reason) {
    new Holds(setup, register, catalogueReader).release(id, reason);
  }

  /**
   * Records something that happens now outside of this library, in the registers of all storages.
   *
   * @param outcome how it ended, one upper-case word
   * @param details further facts by name; no secret
   * @throws BackupException if no storage took the entry
   */
  public Appended record(RegisterEvent event, String outcome, Map<String, String> details) {
    return register.append(setup.entry(event, outcome, null, null, details));
  }

  /** The register of all that was done. */
  public Register register() {
    return register;
  }

  /**
   * Restores a backup into a scratch database, compares the two, and drops it again. A copy that
   * passes is proved to level RESTORED.
   */
  public DrillOutcome drill(DrillRequest request) {
    return drills().drill(request);
  }

  /** The drills held so far, and what quality assurance says of them. */
  public Drills drills() {
    return new Drills(setup, register, catalogueReader);
  }

  /** How the backups stand now: {@link #readStatus()}, judged. */
  public BackupStatus status() {
    return BackupStatus.of(setup.policy(), readStatus(), setup.clock().instant());
  }

  /**
   * Reads what {@link BackupStatus#of} judges, anew. What cannot be read is told in it, not thrown.
   * It reads every manifest and every entry of the register: who asks often keeps it for a while.
   */
  public StatusReading readStatus() {
    return new StatusReader(setup, register, catalogueReader).read();
  }

  /** Looks whether everything that backups and restores need is in place. */
  public CheckReport check() {
    return new Checker(setup, register, catalogueReader).check();
  }

  /** {@link #qualify(String, long)} with a large object of 20 MiB. */
  public StorageQualification qualify(String storage) {
    return qualify(storage, StorageQualifier.USUAL_SIZE);
  }

  /**
   * Puts a storage to the test: writes, races, gives up, reads, deletes and tries to delete too
   * early, below {@code check/}, and records in the registers of all storages what that showed. A
   * test that fails is told in the result.
   *
   * @param storage its name
   * @param largeBytes size of the large object it is tried with; more than the adapter sends in one
   *     part
   * @throws BackupException kind {@code NOT_FOUND} if there is no such storage
   */
  public StorageQualification qualify(String storage, long largeBytes) {
    return new Qualifications(setup, register).qualify(storage, largeBytes);
  }

  private static CatalogueEntry require(Catalogue catalogue, BackupId id) {
    return catalogue
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
