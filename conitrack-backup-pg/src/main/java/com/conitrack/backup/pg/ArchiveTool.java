package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts pg_restore for turning an archive into SQL. */
final class ArchiveTool {
  private static final String NAME = "pg_restore";
  private static final String WHAT = "unable to read an archive of pg_dump's";

  /** First minor versions that can be given the token of {@code \restrict}; all of 18 and later. */
  private static final Map<Integer, Integer> KNOW_RESTRICT_KEY =
      Map.of(13, 22, 14, 19, 15, 14, 16, 10, 17, 6);

  /** Its protection, against commands to psql inside the dump, is that a restore refuses those. */
  private static final String RESTRICT_KEY = "--restrict-key=conitrack";

  private static final int WRITES_TRANSACTION_TIMEOUT = 17;

  private final ClientTools tools;
  private final Duration timeout;

  ArchiveTool(ClientTools tools, Duration timeout) {
    this.tools = tools;
    this.timeout = timeout;
  }

  /**
   * Starts it.
   *
   * @param source what it reads from standard input, closed with the result; null for nothing
   * @throws DatabaseException kind {@code TOOL} if there is no tool that fits
   */
  InputStream start(ArchiveHeader header, List<String> options, @Nullable InputStream source)
      throws IOException {
    ClientTools.Tool tool = tools.choose(NAME, header.dumpedBy());
    List<String> command = new ArrayList<>(List.of(tool.executable().toString(), "--file=-"));
    if (knowsRestrictKey(tool)) {
      command.add(RESTRICT_KEY);
    }
    command.addAll(options);
    ArchiveStream sql = new ArchiveStream(launch(command), source);
    boolean newer = tool.version().major() >= WRITES_TRANSACTION_TIMEOUT;
    return newer && header.dumpedBy().major() < WRITES_TRANSACTION_TIMEOUT
        ? HeadWithout.line("SET transaction_timeout = 0;", sql)
        : sql;
  }

  private ToolProcess launch(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().remove("LANGUAGE");
    try {
      return new ToolProcess(builder.start(), null, NAME, timeout, WHAT);
    } catch (IOException e) {
      throw new DatabaseException(
          ErrorKind.TOOL,
          WHAT,
          command.get(0) + " could not be started: " + e.getMessage(),
          "check that it may be executed",
          e);
    }
  }

  private static boolean knowsRestrictKey(ClientTools.Tool tool) {
    int major = tool.version().major();
    String[] parts = tool.version().text().split("\\D+");
    int minor = parts.length > 1 && parts[1].length() < 6 ? Integer.parseInt(parts[1]) : 0;
    return major >= 18 || minor >= KNOW_RESTRICT_KEY.getOrDefault(major, Integer.MAX_VALUE);
  }
}
