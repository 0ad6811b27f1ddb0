package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.ServerVersion;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Reads roles and memberships with pg_dumpall, without passwords. */
final class GlobalsReader {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final PostgresConnection target;
  private final ClientTools tools;
  private final ToolLauncher launcher;

  GlobalsReader(PostgresConnection target, ClientTools tools, ToolLauncher launcher) {
    this.target = target;
    this.tools = tools;
    this.launcher = launcher;
  }

  /**
   * The roles as SQL. Values of settings that look like secrets are masked.
   *
   * @throws DatabaseException if they cannot be read
   */
  String read(ServerVersion server) {
    String what = "unable to read the roles of " + target.server();
    ClientTools.Tool tool = tools.choose("pg_dumpall", server);
    try (ToolProcess process = launcher.start(tool, options(), TIMEOUT, what)) {
      process.stdin().close();
      byte[] bytes = process.stdout().readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new DatabaseException(
            ErrorKind.DATABASE, what, "they take more than " + MAX_BYTES + " bytes", null);
      }
      int exitCode = process.awaitEnd();
      process.throwIfStopped(null);
      if (exitCode != 0) {
        throw ToolErrors.translate("pg_dumpall", what, exitCode, process.said(), null);
      }
      return Secrets.maskGlobals(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new DatabaseException(ErrorKind.IO, what, e.toString(), null, e);
    }
  }

  /**
   * The user may be let into this database only, not into {@code postgres}. pg_dumpall reads the
   * name as a connection string where it looks like one, so it is given as one.
   */
  private List<String> options() {
    String name = target.database().replace("\\", "\\\\").replace("'", "\\'");
    return List.of(
        "--globals-only",
        "--no-role-passwords",
        "--no-password",
        "--database=dbname='" + name + "'");
  }
}
