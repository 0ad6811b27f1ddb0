package com.conitrack.backup.core.drill;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.TableName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a drill did and found.
 *
 * @param id the drill's entry in the register, by which it is signed off
 * @param backup the backup restored
 * @param began when it began
 * @param quarter the quarter it counts for, such as {@code 2026-Q4}, by UTC
 * @param environment where: server and its version; null if it could not be asked
 * @param storage where the copy was read from; null if none was loaded
 * @param times how long its parts took
 * @param tables number of tables verified; 0 if it did not come to that
 * @param rows number of rows verified
 * @param checks questions of the policy and their answers
 * @param changes tables that hold another number of rows now than in the backup; empty too if the
 *     comparison was not asked for
 * @param controls what was given to the same path to be rejected
 * @param leftOut what was not loaded or not compared, a phrase for each thing: the drill proves
 *     nothing of that; empty if it proves everything that the dump holds
 * @param notCovered what no dump can carry, so that no drill proves it
 * @param kept name of the restored database if it was left; null if it was dropped
 * @param remarks what else a person should know
 */
public record DrillReport(
    String id,
    BackupId backup,
    Instant began,
    String quarter,
    @Nullable String environment,
    @Nullable String storage,
    Times times,
    int tables,
    long rows,
    List<CheckResult> checks,
    List<TableChange> changes,
    List<ControlResult> controls,
    List<String> leftOut,
    List<String> notCovered,
    @Nullable String kept,
    List<String> remarks) {
  public DrillReport {
    checks = List.copyOf(checks);
    changes = List.copyOf(changes);
    controls = List.copyOf(controls);
    leftOut = List.copyOf(leftOut);
    notCovered = List.copyOf(notCovered);
    remarks = List.copyOf(remarks);
  }

  /**
   * How long the parts took; zero for what was not reached.
   *
   * @param loading to read, prove and load the copy
   * @param comparing to dump what was loaded and compare
   * @param restore from the start to the end of the comparison: what is held against the RTO
   * @param rto what the policy allows for that
   */
  public record Times(Duration loading, Duration comparing, Duration restore, Duration rto) {

    /** Whether the restore took longer than allowed. */
    public boolean exceeded() {
      return restore.compareTo(rto) > 0;
    }
  }

  /**
   * A question of the policy.
   *
   * @param name what it is about
   * @param met whether the answer is as expected
   * @param detail the answer, or why there is none
   */
  public record CheckResult(String name, boolean met, String detail) {}

  /**
   * A table whose number of rows has changed since the backup.
   *
   * @param before rows in the backup, those of partitions included; 0 if it was not there
   * @param now rows in the database
   */
  public record TableChange(TableName table, long before, long now) {}

  /**
   * Something that had to be rejected.
   *
   * @param given what was given
   * @param rejected whether it was
   * @param detail how it was noticed, or what happened instead
   */
  public record ControlResult(String given, boolean rejected, String detail) {}
}
