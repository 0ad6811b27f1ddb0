package com.conitrack.backup.core.partial;

import com.conitrack.backup.core.approval.ApprovalSubject;
import com.conitrack.backup.core.json.RecordDocument;
import com.conitrack.backup.core.model.Actor;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Netstrings;
import com.conitrack.backup.core.model.RestoreKind;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.port.TableChange;
import com.conitrack.backup.core.port.TableSurroundings;
import com.conitrack.backup.core.production.RestorePlan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a restore of tables in their place would do, for those who decide on it. As a file it is a
 * JSON document, which {@code docs/formats.md} specifies; approvals are bound to its {@link
 * #digest()}. It holds keys of rows, and no other values.
 *
 * @param createdAt when it was made
 * @param createdBy who made it
 * @param reason why the restore is needed, null if not yet known
 * @param source the backup
 * @param database the database that is changed
 * @param server where it was reached
 * @param systemIdentifier the server's own identity, null where it could not be read
 * @param patterns what was asked for
 * @param changes what changes in each table; empty if obstacles forbid to look
 * @param surroundings what hangs on the tables
 * @param approvals the roles that have to approve it
 * @param obstacles what stands in the way, each with its fix; empty if nothing does
 * @param remarks what else a person should know
 * @param digest digest of what is decided on, see {@link #subject()}
 */
public record InPlacePlan(
    Instant createdAt,
    Actor createdBy,
    @Nullable String reason,
    RestorePlan.Source source,
    String database,
    String server,
    @Nullable String systemIdentifier,
    List<String> patterns,
    List<TableChange> changes,
    TableSurroundings surroundings,
    List<String> approvals,
    List<String> obstacles,
    List<String> remarks,
    Sha256 digest) {
  private static final String FORMAT = "conitrack-tables-plan";
  private static final Pattern MARK =
      Pattern.compile("\\A\\s*\\{\\s*\"format\"\\s*:\\s*\"" + FORMAT + "\"");
  private static final RecordDocument<InPlacePlan> DOCUMENT =
      new RecordDocument<>(
          FORMAT,
          1,
          InPlacePlan.class,
          "the plan for tables",
          "give the file that 'restore-tables --in-place --output' wrote, as it is, or make the plan"
              + " again");

  public InPlacePlan {
    patterns = List.copyOf(patterns);
    changes = List.copyOf(changes);
    approvals = List.copyOf(approvals);
    obstacles = List.copyOf(obstacles);
    remarks = List.copyOf(remarks);
  }

  /**
   * What an approval of this plan is about. Its digest is that of the backup (name, run and
   * manifest), the target (database and server identity), and of exactly the changes, row by row,
   * as {@link Netstrings}: where other rows would change, it is another plan.
   */
  public ApprovalSubject subject() {
    return new ApprovalSubject(
        RestoreKind.PARTIAL,
        source.backup(),
        source.run(),
        database,
        server,
        systemIdentifier,
        digestOfContents());
  }

  private Sha256 digestOfContents() {
    String system = systemIdentifier;
    Netstrings text =
        new Netstrings()
            .add(FORMAT)
            .add("1")
            .add(RestoreKind.PARTIAL.name())
            .add(source.backup().value())
            .add(source.run())
            .add(source.manifestSha256().hex())
            .add(database)
            .add(system == null ? "at " + server : "system " + system);
    for (TableChange change : changes) {
      text.add(change.table().schema()).add(change.table().name());
      text.add(Long.toString(change.added())).add(Long.toString(change.removed()));
      text.add(Long.toString(change.altered())).add(change.difference());
    }
    return text.digest();
  }

  /** The same with its digest put right. */
  InPlacePlan digested() {
    return new InPlacePlan(
        createdAt,
        createdBy,
        reason,
        source,
        database,
        server,
        systemIdentifier,
        patterns,
        changes,
        surroundings,
        approvals,
        obstacles,
        remarks,
        digestOfContents());
  }

  /** Whether no row of any table would change. */
  public boolean nothing() {
    return changes.stream().allMatch(TableChange::nothing);
  }

  /** The file's bytes: UTF-8, ending with a newline. */
  public byte[] toJson() {
    return DOCUMENT.write(this);
  }

  /** Whether a file is such a plan, whole or not. */
  public static boolean isOne(byte[] json) {
    return MARK.matcher(new String(json, StandardCharsets.UTF_8)).find();
  }

  /**
   * Reads a file.
   *
   * @throws BackupException kind {@code DAMAGED} if it is no plan or its digest is not that of what
   *     it says, {@code CONFIGURATION} if newer software wrote it
   */
  public static InPlacePlan read(byte[] json) {
    InPlacePlan plan = DOCUMENT.read(json);
    if (!plan.digest.equals(plan.digestOfContents())) {
      throw new BackupException(
          ErrorKind.DAMAGED,
          "unable to use the plan for tables",
          "its digest is not that of what it says: it was altered",
          "make a new plan with 'conitrack-backup restore-tables --in-place'");
    }
    return plan;
  }
}
