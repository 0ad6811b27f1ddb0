package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.DrillView;
import com.conitrack.backup.cli.view.DrillsView;
import com.conitrack.backup.core.drill.DrillChoice;
import com.conitrack.backup.core.drill.DrillOutcome;
import com.conitrack.backup.core.drill.DrillRequest;
import com.conitrack.backup.core.drill.DrillSignature;
import com.conitrack.backup.core.policy.Units;
import com.conitrack.backup.pg.PostgresConnection;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restores a backup for proof. */
@Command(
    name = "drill",
    header = "Restore a backup into a scratch database to prove that it can be.",
    description =
        "Makes a scratch database, loads the backup, dumps it again and compares every table's rows, "
            + "sequences, large objects and the schema: equal or not. The scratch database is dropped "
            + "afterwards, also one that an interrupted drill has left. A copy that passes is proved to "
            + "level RESTORED. Without a choice the newest good backup is taken.",
    footer = {
      "  conitrack-backup drill",
      "  conitrack-backup drill --random --negative-control",
      "  conitrack-backup drill --oldest --on postgresql://ana@test-server/postgres",
      "  conitrack-backup drill sign-off 3f0c… --name Eva --role QA"
    },
    subcommands = {DrillCommand.SignOff.class, DrillCommand.ListDrills.class})
final class DrillCommand extends Action {
  @ArgGroup(exclusive = true)
  @Nullable Choice choice;

  @Option(
      names = "--on",
      paramLabel = "URL|NAME",
      description =
          "Hold it on the server of this database, which is not touched itself. Default: the server "
              + "that is backed up.")
  @Nullable String on;

  @Option(
      names = "--on-user",
      paramLabel = "NAME",
      description = "The user, if the URL names none.")
  @Nullable String user;

  @Option(
      names = "--on-password-file",
      paramLabel = "FILE",
      description = "A file with the password alone, as --target-password-file of restore-to.")
  @Nullable Path passwordFile;

  @Option(
      names = "--negative-control",
      description = "Also give damaged and wrong dumps to the same path: each must be rejected.")
  boolean negativeControl;

  @Option(
      names = "--compare-live",
      description = "Also compare with what the database holds now, which costs a dump of it.")
  boolean compareLive;

  @Mixin final LeaveOutOption leaveOut = new LeaveOutOption();

  @Option(names = "--keep", description = "Leave the restored database for a look at it.")
  boolean keep;

  /** Which backup. */
  static final class Choice {
    @Parameters(paramLabel = "ID", description = "The backup's name, as 'list' shows it.")
    @Nullable String id;

    @Option(names = "--newest", description = "The newest good one (default).")
    boolean newest;

    @Option(names = "--random", description = "Any good one.")
    boolean random;

    @Option(names = "--oldest", description = "The oldest good one.")
    boolean oldest;

    @Option(
        names = "--older-than",
        paramLabel = "AGE",
        description = "The newest good one that is at least so old, such as 30d.")
    @Nullable String olderThan;

    DrillChoice read() {
      if (id != null) {
        return new DrillChoice.Named(idOf(id));
      }
      if (olderThan != null) {
        return new DrillChoice.OlderThan(age(olderThan));
      }
      if (random) {
        return new DrillChoice.Any(new SecureRandom());
      }
      return oldest ? new DrillChoice.Oldest() : new DrillChoice.Newest();
    }

    private static Duration age(String text) {
      return Units.duration(text)
          .orElseThrow(
              () ->
                  new UsageException(
                      "unable to use --older-than '" + text + "'",
                      "it is no duration",
                      "write it like 30d or 12h"));
    }
  }

  @Override
  public Integer call() {
    Choice given = choice;
    DrillChoice wanted = given == null ? new DrillChoice.Newest() : given.read();
    DrillRequest request =
        new DrillRequest(wanted, null, negativeControl, compareLive, keep, leaveOut.read());
    String place = on;
    if (place != null) {
      PostgresConnection connection =
          TargetOptions.of("--on", place, user, passwordFile).connection(session());
      request = request.onServerOf(session().config().database().open(connection));
    }
    if (session().drawsProgress()) {
      session().expect(plainBytes(backup().catalogue()));
    }
    return show(backup().drill(request));
  }

  private int show(DrillOutcome outcome) {
    session().clearProgress();
    outcome.report().remarks().forEach(output()::note);
    DrillView view = new DrillView(outcome);
    if (outcome instanceof DrillOutcome.Failed failed && failed.failure() != null) {
      output().fail(view, failed.failure(), "the drill did not pass, and is recorded so");
      return ExitCode.of(failed.failure());
    }
    output().show(view);
    return outcome instanceof DrillOutcome.Passed ? ExitCode.OK : ExitCode.FINDINGS;
  }

  /** Signs a drill off. */
  @Command(
      name = "sign-off",
      header = "Record what quality assurance says of a drill.",
      description =
          "Whoever signs is another person than who held the drill; each drill is signed once. It "
              + "becomes an entry of its own in the register.",
      footer = {
        "  conitrack-backup drill sign-off 3f0c… --name Eva --role QA",
        "  conitrack-backup drill sign-off 3f0c… --name Eva --role QA --refused --remarks 'why'"
      })
  static final class SignOff extends Action {
    @Parameters(paramLabel = "ENTRY", description = "The drill, as 'drill list' shows it.")
    String entry = "";

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "Who signs.")
    String person = "";

    @Option(names = "--role", required = true, paramLabel = "ROLE", description = "As what.")
    String role = "";

    @Option(names = "--refused", description = "The drill is not accepted.")
    boolean refused;

    @Option(names = "--remarks", paramLabel = "TEXT", description = "In words.")
    String remarks = "";

    @Override
    public Integer call() {
      if (entry.isBlank() || person.isBlank() || role.isBlank()) {
        throw new UsageException(
            "unable to sign off the drill", "drill, name or role is blank", "give all three");
      }
      backup().drills().signOff(new DrillSignature(entry, person, role, !refused, remarks));
      output()
          .show(
              new DrillsView(
                  backup().drills().list().stream()
                      .filter(each -> each.id().equals(entry))
                      .toList(),
                  "drill sign-off"));
      return ExitCode.OK;
    }
  }

  /** Lists drills. */
  @Command(
      name = "list",
      header = "List the drills on record, oldest first.",
      description = "With what quality assurance says of each.",
      footer = "  conitrack-backup drill list --json")
  static final class ListDrills extends Action {
    @Override
    public Integer call() {
      output().show(new DrillsView(backup().drills().list(), "drill list"));
      return ExitCode.OK;
    }
  }
}
