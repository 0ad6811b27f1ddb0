package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.ReplicationView;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.replicate.ReplicationOutcome;
import com.conitrack.backup.core.replicate.ReplicationOutcome.Failed;
import com.conitrack.backup.core.replicate.ReplicationPlan;
import com.conitrack.backup.core.replicate.ReplicationPlan.Obstacle;
import com.conitrack.backup.core.replicate.ReplicationTask;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes up copies. */
@Command(
    name = "replicate",
    header = "Make up copies that are missing or damaged from a proved one.",
    description =
        "Looks for backups whose copy in some storage is missing, damaged, not proved or without its "
            + "manifest, and makes it good: the bytes are proved as they pass and read back. A damaged copy "
            + "makes room only after another was read and proved. What retention would not keep in a storage "
            + "is not brought back there. Registers get the entries they missed. Without ID all backups of "
            + "the database are looked at. Exit code 1 if something is still wanting.",
    footer = {
      "  conitrack-backup replicate --dry-run",
      "  conitrack-backup replicate",
      "  conitrack-backup replicate backup_2026-01-06_03-00-00 --json"
    })
final class ReplicateCommand extends Action {
  @Parameters(
      arity = "0..*",
      paramLabel = "ID",
      description = "Backups' names, as 'list' shows them.")
  List<String> ids = List.of();

  @Option(
      names = {"-n", "--dry-run"},
      description = "Show what is wanting and copy nothing.")
  boolean dryRun;

  @Override
  public Integer call() {
    List<BackupId> named = ids.stream().map(Action::idOf).toList();
    ReplicationPlan plan =
        named.isEmpty() ? backup().planReplication() : backup().planReplication(named);
    if (dryRun) {
      output().show(new ReplicationView(plan, null));
      return plan.nothingWanting() ? ExitCode.OK : ExitCode.FINDINGS;
    }
    Map<BackupId, Long> sizes =
        plan.tasks().stream()
            .map(ReplicationTask::entry)
            .distinct()
            .collect(
                Collectors.toMap(
                    entry -> entry.id(), entry -> entry.manifest().dump().stored().bytes()));
    session().expect(id -> sizes.getOrDefault(id, 0L));
    ReplicationOutcome outcome = backup().replicate(plan);
    session().clearProgress();
    outcome.remarks().forEach(output()::note);
    output().show(new ReplicationView(plan, outcome));
    return exitCode(plan, outcome);
  }

  /** A storage out of reach is the environment's matter, if nothing else went wrong. */
  private static int exitCode(ReplicationPlan plan, ReplicationOutcome outcome) {
    List<ErrorKind> wanting =
        Stream.of(
                outcome.failed().stream().map(Failed::kind),
                plan.obstacles().stream().map(Obstacle::kind))
            .flatMap(Function.identity())
            .toList();
    if (wanting.isEmpty()) {
      return ExitCode.OK;
    }
    boolean outside = wanting.stream().allMatch(ReplicateCommand::isOutside);
    return outside && outcome.made().isEmpty() ? ExitCode.ENVIRONMENT : ExitCode.FINDINGS;
  }

  private static boolean isOutside(ErrorKind kind) {
    return switch (kind) {
      case CONNECTION, AUTHENTICATION, PERMISSION, NOT_FOUND, FULL, TIMEOUT -> true;
      default -> false;
    };
  }
}
