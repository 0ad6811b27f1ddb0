package com.conitrack.backup.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Option;

/** The database named once more, and asking before something is done to it. */
final class Consent {
  @Option(
      names = "--target",
      required = true,
      paramLabel = "NAME",
      description = "Name of the database it is done to, which must be the configured one.")
  String target = "";

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  boolean yes;

  /** Refuses early where nobody could be asked. */
  void requireAsking(Action action) {
    boolean json = action.output().isJson();
    if (!yes && (json || !action.shell().terminals().in())) {
      throw new UsageException(
          "unable to ask whether to go on",
          json ? "the output is for a program" : "standard input is no terminal",
          "add --yes to go on without being asked");
    }
  }

  /** Whether to go on. */
  boolean given(Action action, String question) {
    if (yes) {
      return true;
    }
    action.shell().err().print(question + " Type yes to do it: ");
    action.shell().err().flush();
    try {
      String answer =
          new BufferedReader(new InputStreamReader(action.shell().in(), StandardCharsets.UTF_8))
              .readLine();
      return answer != null && answer.strip().equalsIgnoreCase("yes");
    } catch (IOException e) {
      return false;
    }
  }
}
