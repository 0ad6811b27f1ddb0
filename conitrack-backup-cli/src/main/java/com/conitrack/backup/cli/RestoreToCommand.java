package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.ObstaclesView;
import com.conitrack.backup.cli.view.RestoreView;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.LeaveOut;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.restore.RestoreOutcome;
import com.conitrack.backup.core.restore.RestoreOutcome.Different;
import com.conitrack.backup.core.restore.RestoreOutcome.Failed;
import com.conitrack.backup.pg.PostgresConnection;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Restores into an empty database. */
@Command(
    name = "restore-to",
    header = "Restore a backup into an empty database and compare the two.",
    description =
        "Loads the first proved copy in one transaction, which is committed only after the dump was "
            + "proved whole, then dumps the target and compares it with the backup's fingerprint. A target "
            + "that is not empty is refused: this never overwrites anything. Create the target first, with "
            + "the encoding and locale that 'show' tells.",
    footer = {
      "  createdb restored && conitrack-backup restore-to --target restored --latest",
      "  conitrack-backup restore-to --target postgresql://ana@host/restored \\",
      "      --target-password-file pw --check backup_2026-01-06_03-00-00",
      "  conitrack-backup restore-to --target managed --leave-out ownership,privileges --latest"
    })
final class RestoreToCommand extends Action {
  @Mixin final Which which = new Which();
  @Mixin final TargetOptions target = new TargetOptions();
  @Mixin final LeaveOutOption leaveOut = new LeaveOutOption();

  @Option(names = "--check", description = "Only tell what stands in the way; restore nothing.")
  boolean check;

  @Override
  public Integer call() {
    PostgresConnection connection = target.connection(session());
    var entry = which.one(this, Which.Latest.GOOD);
    BackupId id = entry.id();
    Database database = session().config().database().open(connection);
    String shown = connection.toString();
    Set<LeaveOut> without = without();
    List<String> obstacles = backup().restoreObstacles(id, database, without);
    if (check || !obstacles.isEmpty()) {
      output().show(new ObstaclesView(id, shown, obstacles));
      return obstacles.isEmpty() ? ExitCode.OK : ExitCode.FINDINGS;
    }
    session().expect(any -> entry.manifest().dump().plain().bytes());
    return show(backup().restoreTo(id, database, without), shown);
  }

  private Set<LeaveOut> without() {
    Set<LeaveOut> given = leaveOut.read();
    return given == null ? backup().policy().restore().leaveOut() : given;
  }

  private int show(RestoreOutcome outcome, String shown) {
    session().clearProgress();
    outcome.remarks().forEach(output()::note);
    RestoreView view = new RestoreView(outcome, shown);
    if (outcome instanceof Failed failed) {
      output().fail(view, failed.failure(), "nothing was loaded: the target is as it was");
      return ExitCode.of(failed.failure());
    }
    output().show(view);
    return outcome instanceof Different ? ExitCode.FINDINGS : ExitCode.OK;
  }
}
