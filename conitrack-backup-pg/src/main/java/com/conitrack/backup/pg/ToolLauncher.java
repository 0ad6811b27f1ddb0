package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts client tools that connect to one database. What they connect to is in their environment,
 * the password in a file that only the owner can read; neither is ever an argument.
 */
final class ToolLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(ToolLauncher.class);
  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

  private final PostgresConnection target;
  private final Path temporary;
  private final String application;

  /**
   * @param temporary where the password file is made
   */
  ToolLauncher(PostgresConnection target, Path temporary) {
    this(target, temporary, Jdbc.APPLICATION);
  }

  private ToolLauncher(PostgresConnection target, Path temporary, String application) {
    this.target = target;
    this.temporary = temporary;
    this.application = application;
  }

  /** The same, whose sessions are called otherwise in the server's lists. */
  ToolLauncher named(String name) {
    return new ToolLauncher(target, temporary, name);
  }

  /**
   * Starts a tool.
   *
   * @param timeout how long it may run
   * @param what what it is for, as errors say it: "unable to …"
   */
  ToolProcess start(ClientTools.Tool tool, List<String> options, Duration timeout, String what) {
    return start(tool, options, List.of(), timeout, what);
  }

  /**
   * The same, for sessions with these settings.
   *
   * @param settings as {@code name=value}, without blanks. Poolers refuse connections that bring
   *     any, so give only what is needed
   */
  ToolProcess start(
      ClientTools.Tool tool,
      List<String> options,
      List<String> settings,
      Duration timeout,
      String what) {
    List<String> command = new ArrayList<>();
    command.add(tool.executable().toString());
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command);
    PrivateDirectory secrets = null;
    try {
      secrets = secrets();
      setEnvironment(builder.environment(), secrets);
      settings.forEach(setting -> addOption(builder.environment(), "-c " + setting));
      requireExpressible(command, builder.environment(), what);
      LOG.debug("starting {} for {}", command, target);
      return new ToolProcess(builder.start(), secrets, tool.name(), timeout, what);
    } catch (IOException e) {
      close(secrets);
      throw new DatabaseException(
          ErrorKind.TOOL,
          what,
          tool.executable() + " could not be started: " + e.getMessage(),
          "check that it may be executed and that " + temporary + " can be written",
          e);
    } catch (RuntimeException e) {
      close(secrets);
      throw e;
    }
  }

  private static void addOption(Map<String, String> variables, String option) {
    variables.merge("PGOPTIONS", option, (before, added) -> before + " " + added);
  }

  private static void close(@Nullable PrivateDirectory secrets) {
    if (secrets != null) {
      secrets.close();
    }
  }

  private @Nullable PrivateDirectory secrets() throws IOException {
    PrivateDirectory.sweep(temporary);
    char[] password = target.password();
    if (password == null) {
      return null;
    }
    byte[] line = PasswordFile.lineFor(password);
    Arrays.fill(password, '\0');
    try {
      return PrivateDirectory.create(temporary, line);
    } finally {
      Arrays.fill(line, (byte) 0);
    }
  }

  private void setEnvironment(Map<String, String> variables, @Nullable PrivateDirectory secrets) {
    String inheritedPassfile = variables.get("PGPASSFILE");
    variables.keySet().removeIf(name -> name.startsWith("PG"));
    variables.put("PGAPPNAME", application);
    variables.put("PGCONNECT_TIMEOUT", "15");
    variables.putAll(ConnectionParameters.toEnvironment(target.parameters()));
    variables.put("PGHOST", target.host());
    variables.put("PGPORT", Integer.toString(target.port()));
    variables.put("PGUSER", target.user());
    variables.put("PGDATABASE", target.database());
    // Dumps of equal rows must be equal, whatever time zones their databases are set to.
    variables.put("PGTZ", "UTC");
    // Messages are read by ToolErrors, which knows them in English.
    variables.put("LC_ALL", "C");
    variables.remove("LANGUAGE");
    if (secrets != null) {
      variables.put("PGPASSFILE", secrets.file().toString());
    } else if (inheritedPassfile != null) {
      variables.put("PGPASSFILE", inheritedPassfile); // The JDBC driver reads it as well.
    }
  }

  /**
   * Java replaces what its default character set lacks by question marks, silently; a dump of
   * another table than asked for could follow. Windows passes UTF-16.
   */
  private static void requireExpressible(
      List<String> command, Map<String, String> variables, String what) {
    if (WINDOWS) {
      return;
    }
    List<String> texts = new ArrayList<>(command);
    variables.forEach(
        (name, value) -> {
          if (name.startsWith("PG")) {
            texts.add(value);
          }
        });
    for (String text : texts) {
      if (!Charset.defaultCharset().newEncoder().canEncode(text)) {
        throw new DatabaseException(
            ErrorKind.CONFIGURATION,
            what,
            "'"
                + text
                + "' cannot be handed to a tool in character set "
                + Charset.defaultCharset(),
            "start Java in a UTF-8 locale (LC_ALL=C.UTF-8)");
      }
    }
  }
}
