package com.conitrack.backup.core.production;

import com.conitrack.backup.core.approval.ApprovalSubject;
import com.conitrack.backup.core.json.RecordDocument;
import com.conitrack.backup.core.model.Actor;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.model.Netstrings;
import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.VerificationLevel;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a restore would do, for those who decide on it. As a file it is a JSON document, which
 * {@code docs/formats.md} specifies; approvals are bound to its {@link #digest()}.
 *
 * @param createdAt when it was made
 * @param createdBy who made it
 * @param kind what is replaced
 * @param reason why the restore is needed, null if not yet known
 * @param source the backup
 * @param target the database
 * @param strategy how
 * @param strategyReason why that way
 * @param leaveOut what of the dump is not loaded; null for nothing
 * @param loss what would be lost
 * @param estimate how long it is expected to take
 * @param prerequisites the checklist
 * @param obstacles what stands in the way, each with its fix; empty if nothing does
 * @param remarks what else a person should know
 * @param digest digest of what is decided on, see {@link #digestOf}
 */
public record RestorePlan(
    Instant createdAt,
    Actor createdBy,
    RestoreKind kind,
    @Nullable String reason,
    Source source,
    Target target,
    RestoreStrategy strategy,
    String strategyReason,
    @Nullable List<LeaveOut> leaveOut,
    RestoreLoss loss,
    RestoreEstimate estimate,
    List<Prerequisite> prerequisites,
    List<String> obstacles,
    List<String> remarks,
    Sha256 digest) {
  private static final String FORMAT = "conitrack-restore-plan";
  private static final RecordDocument<RestorePlan> DOCUMENT =
      new RecordDocument<>(
          FORMAT,
          1,
          RestorePlan.class,
          "the restore plan",
          "give the file that 'restore plan --output' wrote, as it is, or make the plan again");

  public RestorePlan {
    leaveOut = leaveOut == null || leaveOut.isEmpty() ? null : List.copyOf(leaveOut);
    prerequisites = List.copyOf(prerequisites);
    obstacles = List.copyOf(obstacles);
    remarks = List.copyOf(remarks);
  }

  /**
   * The backup that is restored.
   *
   * @param backup its name
   * @param run the run that made it
   * @param startedAt when it was begun
   * @param manifestSha256 digest of its manifest's bytes, which pins everything else of it
   * @param storage where it will be read from, null if no copy is proved
   * @param level how far that copy is proved
   * @param provedAt when it was, null if never
   * @param plainBytes size of the plain dump
   * @param tables tables in it
   * @param rows rows in it
   */
  public record Source(
      BackupId backup,
      String run,
      Instant startedAt,
      Sha256 manifestSha256,
      @Nullable String storage,
      VerificationLevel level,
      @Nullable Instant provedAt,
      long plainBytes,
      int tables,
      long rows) {}

  /**
   * The database that is replaced.
   *
   * @param database its name
   * @param server where it was reached
   * @param systemIdentifier the server's own identity, null where it could not be read
   * @param version the server's version
   * @param bytes size on the server's disk, 0 where unknown
   * @param tables tables in it
   * @param rows rows in it
   */
  public record Target(
      String database,
      String server,
      @Nullable String systemIdentifier,
      String version,
      long bytes,
      int tables,
      long rows) {}

  /**
   * The digest of what is decided on: kind, backup (name, run and manifest), target (database and
   * server identity), strategy and what is left out, as {@link Netstrings}. What the database holds
   * meanwhile and when the plan was made are not in it: made again a little later, the plan is the
   * same, unless it would do something else.
   */
  public static Sha256 digestOf(
      RestoreKind kind,
      Source source,
      Target target,
      RestoreStrategy strategy,
      Collection<LeaveOut> leaveOut) {
    String system = target.systemIdentifier();
    Netstrings text = new Netstrings();
    text.add(FORMAT)
        .add("1")
        .add(kind.name())
        .add(source.backup().value())
        .add(source.run())
        .add(source.manifestSha256().hex())
        .add(target.database())
        .add(system == null ? "at " + target.server() : "system " + system)
        .add(strategy.name());
    new TreeSet<>(leaveOut).forEach(part -> text.add("without " + part.name()));
    return text.digest();
  }

  /** What an approval of this plan is about. */
  public ApprovalSubject subject() {
    return new ApprovalSubject(
        kind,
        source.backup(),
        source.run(),
        target.database(),
        target.server(),
        target.systemIdentifier(),
        digestOf(kind, source, target, strategy, without()));
  }

  /** What of the dump is not loaded, possibly nothing. */
  public List<LeaveOut> without() {
    return leaveOut == null ? List.of() : leaveOut;
  }

  /** The prerequisites that are open. */
  public List<Prerequisite> open() {
    return prerequisites.stream().filter(p -> p.state() == Prerequisite.State.OPEN).toList();
  }

  /** The file's bytes: UTF-8, ending with a newline. */
  public byte[] toJson() {
    return DOCUMENT.write(this);
  }

  /**
   * Reads a file.
   *
   * @throws BackupException kind {@code DAMAGED} if it is no plan or its digest is not that of what
   *     it says, {@code CONFIGURATION} if newer software wrote it
   */
  public static RestorePlan read(byte[] json) {
    RestorePlan plan = DOCUMENT.read(json);
    if (!plan.digest.equals(plan.subject().planDigest())) {
      throw new BackupException(
          ErrorKind.DAMAGED,
          "unable to use the restore plan",
          "its digest is not that of what it says: it was altered",
          "make a new plan with 'conitrack-backup restore plan'");
    }
    return plan;
  }
}
