package com.conitrack.backup.cli;

import com.conitrack.backup.cli.output.Shell;

/** Starts the command. */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process with its exit code. */
  public static void main(String[] args) {
    Interruption interruption = Interruption.ofThisThread();
    int exitCode;
    try {
      exitCode = new ConitrackCommand(Shell.ofProcess()).run(args);
    } finally {
      interruption.finished();
    }
    // While the process is ending by a signal this never returns, and the signal's code stays.
    System.exit(exitCode);
  }
}
