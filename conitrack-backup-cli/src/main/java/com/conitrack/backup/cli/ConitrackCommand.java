package com.conitrack.backup.cli;

import com.conitrack.backup.cli.output.Output;
import com.conitrack.backup.cli.output.Shell;
import com.conitrack.backup.core.model.BackupException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line, put together; runs in any surroundings. */
public final class ConitrackCommand {
  private final Shell shell;
  private final RootCommand root;
  private final CommandLine commandLine;

  /** A command that can be run once. */
  public ConitrackCommand(Shell shell) {
    this.shell = shell;
    this.root = new RootCommand(shell);
    this.commandLine =
        new CommandLine(root)
            .setOut(new PrintWriter(shell.out(), true))
            .setErr(new PrintWriter(shell.err(), true))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setColorScheme(Help.defaultColorScheme(shell.colours() ? Help.Ansi.ON : Help.Ansi.OFF))
            .setExecutionStrategy(this::execute)
            .setParameterExceptionHandler(this::usage)
            .setExecutionExceptionHandler((failure, line, parsed) -> failed(failure));
    HelpLayout.applyTo(commandLine);
  }

  /** Runs it. Never throws. */
  public int run(String... args) {
    return commandLine.execute(args);
  }

  CommandLine commandLine() {
    return commandLine;
  }

  private int execute(ParseResult parsed) {
    Logging.configure(root.options().verbose, root.options().quiet);
    return new RunLast().execute(parsed);
  }

  private int usage(ParameterException failure, String[] args) {
    String command = failure.getCommandLine().getCommandSpec().qualifiedName();
    List<String> meant =
        failure instanceof UnmatchedArgumentException unmatched
            ? unmatched.getSuggestions()
            : List.of();
    String hint =
        (meant.isEmpty() ? "" : "did you mean " + String.join(" or ", meant) + "? ")
            + "'"
            + command
            + " --help' explains it";
    boolean json = Arrays.asList(args).contains("--json");
    new Output(shell, json, false, false)
        .fail(
            "USAGE",
            "unable to understand the command line",
            String.valueOf(failure.getMessage()),
            hint,
            null);
    return ExitCode.USAGE;
  }

  private int failed(Exception failure) {
    Session session = root.session();
    session.clearProgress();
    if (failure instanceof UsageException usage) {
      session.output().fail("USAGE", usage.what(), usage.why(), usage.hint(), null);
      return ExitCode.USAGE;
    }
    if (failure instanceof BackupException known) {
      session.output().fail(known);
      return ExitCode.of(known);
    }
    session
        .output()
        .fail(
            "INTERNAL",
            "unable to go on",
            "this program is wrong: " + failure,
            "run it again with --verbose and report what it prints",
            failure);
    return ExitCode.FAILED;
  }
}
