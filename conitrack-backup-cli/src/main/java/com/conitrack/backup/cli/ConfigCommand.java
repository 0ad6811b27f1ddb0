package com.conitrack.backup.cli;

import com.conitrack.backup.cli.view.ConfigView;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The configuration. */
@Command(
    name = "config",
    header = "Show or validate the configuration, or print an example.",
    description = "Reads the file alone: no database or storage is opened.",
    footer = {
      "  conitrack-backup config example > conitrack-backup.yaml",
      "  conitrack-backup config validate",
      "  conitrack-backup config show"
    },
    subcommands = {
      ConfigCommand.Show.class,
      ConfigCommand.Validate.class,
      ConfigCommand.Example.class
    })
final class ConfigCommand extends Action {
  @Override
  public Integer call() {
    throw new ParameterException(spec().commandLine(), "show, validate or example is wanted");
  }

  private static int show(Action action, String command) {
    var config = action.session().config();
    var warnings = config.policy().warnings(config.storages().size());
    action.output().show(new ConfigView(command, config, warnings));
    return ExitCode.OK;
  }

  /** Shows what the file comes to. */
  @Command(
      name = "show",
      header = "Show what the configuration comes to, defaults included.",
      description = "Passwords are never shown.",
      footer = "  conitrack-backup config show")
  static final class Show extends Action {
    @Override
    public Integer call() {
      return ConfigCommand.show(this, "config show");
    }
  }

  /** Validates the file. */
  @Command(
      name = "validate",
      header = "Tell everything that is wrong or unwise in the configuration.",
      description = "Each problem with file, line, column and key. Exit code 2 if there is one.",
      footer = "  conitrack-backup config validate --config new.yaml")
  static final class Validate extends Action {
    @Override
    public Integer call() {
      return ConfigCommand.show(this, "config validate");
    }
  }

  /** Prints an example. */
  @Command(
      name = "example",
      header = "Print an example with comments, to start from.",
      description = "It loads as it is.",
      footer = "  conitrack-backup config example > conitrack-backup.yaml")
  static final class Example extends Action {
    @Override
    public Integer call() {
      try (InputStream example =
          ConfigCommand.class.getResourceAsStream("conitrack-backup.example.yaml")) {
        if (example == null) {
          throw new IllegalStateException("the example is missing from the program");
        }
        shell().out().print(new String(example.readAllBytes(), StandardCharsets.UTF_8));
        shell().out().flush();
        return ExitCode.OK;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
