package com.conitrack.backup.cli.output;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What surrounds a command.
 *
 * @param in standard input
 * @param out standard output: results alone
 * @param err standard error: everything else
 * @param terminals which of the three is a terminal
 * @param variables the environment
 * @param directory the working directory
 * @param home the user's home directory
 * @param clock the time
 */
public record Shell(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Terminals terminals,
    Map<String, String> variables,
    Path directory,
    Path home,
    Clock clock) {
  public Shell {
    variables = Map.copyOf(variables);
  }

  /** That of this process. Output is UTF-8 whatever the platform's default. */
  public static Shell ofProcess() {
    return new Shell(
        System.in,
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        new PrintStream(System.err, true, StandardCharsets.UTF_8),
        Terminals.ofProcess(),
        System.getenv(),
        Path.of("").toAbsolutePath(),
        Path.of(System.getProperty("user.home", "/")),
        Clock.systemUTC());
  }

  /** Whether colours may be used on standard output (https://no-color.org). */
  public boolean colours() {
    return terminals.out() && coloursAreWelcome();
  }

  /** The same for standard error. */
  public boolean coloursOnErrors() {
    return terminals.err() && coloursAreWelcome();
  }

  private boolean coloursAreWelcome() {
    boolean dumb = "dumb".equals(variables.get("TERM"));
    return !dumb && variables.getOrDefault("NO_COLOR", "").isEmpty();
  }
}
