package com.conitrack.backup.cli;

import com.conitrack.backup.cli.output.Shell;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself, which does nothing without a sub-command. */
@Command(
    name = "conitrack-backup",
    header = "Backs up PostgreSQL so that it can be proved.",
    description =
        "Every backup is read back before it is called good, and all that is done is kept in a "
            + "register outside the database. Results go to standard output, everything else to "
            + "standard error.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = false,
    usageHelpWidth = 80,
    abbreviateSynopsis = true,
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    parameterListHeading = "%nArguments:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "  0:all is well",
      "  1:done, but something needs a person: a degraded backup, a copy that failed "
          + "verification, a register that is not sound, a restore that is not equal, a drill "
          + "that did not pass, "
          + "a refused deletion, a failed check",
      "  2:the command line or the configuration is wrong; nothing was done",
      "  3:something needed is missing, out of reach, not permitted or locked: "
          + "database, tool, storage, password",
      "  4:the work itself failed: no backup was kept, nothing was restored",
      "130:ended by Ctrl-C (143: by SIGTERM); a backup or restore begun is undone"
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  conitrack-backup config example > conitrack-backup.yaml",
      "  conitrack-backup check",
      "  conitrack-backup backup --reason 'before the move'",
      "  conitrack-backup list",
      "",
      "Without --config the configuration is $CONITRACK_BACKUP_CONFIG, else the first of",
      "  ./conitrack-backup.yaml",
      "  ~/.config/conitrack-backup/config.yaml",
      "  /etc/conitrack-backup/config.yaml"
    },
    subcommands = {
      BackupCommand.class,
      AdoptCommand.class,
      ListCommand.class,
      ShowCommand.class,
      StatusCommand.class,
      VerifyCommand.class,
      RestoreToCommand.class,
      RestoreTablesCommand.class,
      RestoreCommand.class,
      ApproveCommand.class,
      DrillCommand.class,
      ReplicateCommand.class,
      PruneCommand.class,
      HoldCommand.class,
      ReleaseCommand.class,
      RegisterCommand.class,
      CheckCommand.class,
      ConfigCommand.class,
      GenerateCompletion.class,
      HelpCommand.class
    })
final class RootCommand implements Runnable {
  private final Session session;

  @Mixin private final GlobalOptions options = new GlobalOptions();
  @Spec private @Nullable CommandSpec spec;

  RootCommand(Shell shell) {
    this.session = new Session(shell, options);
  }

  Session session() {
    return session;
  }

  GlobalOptions options() {
    return options;
  }

  @Override
  public void run() {
    throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "no command is given");
  }
}
