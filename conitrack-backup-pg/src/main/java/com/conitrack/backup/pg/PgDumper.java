package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.DumpScope;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.ServerVersion;
import com.conitrack.backup.core.port.DatabaseDumper;
import com.conitrack.backup.core.port.DumpReport;
import com.conitrack.backup.core.port.DumpRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Dumps with pg_dump, in plain format, in the database's own encoding. */
final class PgDumper implements DatabaseDumper {
  /** pg_dump writes 4 KB at a time; whoever hands them on to another thread wants larger pieces. */
  private static final int CHUNK = 128 * 1024;

  /** pg_dump's exit code when it gave up by itself. */
  private static final int REFUSED = 1;

  /**
   * Settings of the database that change how its rows are written, and that pg_dump does not set
   * itself: under them a restored database would not dump as the original did.
   */
  private static final String SETTINGS_TO_CHANGE =
      "SELECT name || '=' || wanted"
          + " FROM (VALUES ('bytea_output', 'hex'), ('standard_conforming_strings', 'on'),"
          + " ('quote_all_identifiers', 'off'))"
          + " AS canonical (name, wanted) WHERE current_setting(name) <> wanted";

  private static final int MAX_REMARKS = 50;

  private final Jdbc jdbc;
  private final ClientTools tools;
  private final ToolLauncher launcher;
  private final Duration lockWait;

  PgDumper(Jdbc jdbc, ClientTools tools, ToolLauncher launcher, Duration lockWait) {
    this.jdbc = jdbc;
    this.tools = tools;
    this.launcher = launcher;
    this.lockWait = lockWait;
  }

  @Override
  public DumpReport dump(DumpRequest request, OutputStream sink) {
    String what = "unable to dump database " + Names.databaseOn(jdbc.target());
    ServerVersion server;
    List<String> settings;
    try (Session session = jdbc.open(what)) {
      server = session.serverVersion();
      settings = session.list(SETTINGS_TO_CHANGE, row -> row.getString(1));
    }
    ClientTools.Tool tool = tools.choose("pg_dump", server);
    List<String> options = options(request.scope());
    try (ToolProcess process = launcher.start(tool, options, settings, request.timeout(), what)) {
      run(process, sink, what);
      return report(tool, options, process.said());
    }
  }

  @Override
  public DumpReport tool() {
    String what = "unable to find a pg_dump for database " + Names.databaseOn(jdbc.target());
    return report(tools.choose("pg_dump", jdbc.serverVersion(what)), List.of(), List.of());
  }

  private void run(ToolProcess process, OutputStream sink, String what) {
    Exception failure = null;
    try {
      process.stdin().close();
      pump(process, sink);
    } catch (IOException | RuntimeException e) {
      failure = e;
      process.kill();
    }
    int exitCode = process.awaitEnd();
    process.throwIfStopped(failure);
    if (failure != null) {
      throw sinkFailed(failure, what);
    }
    if (exitCode != 0) {
      DatabaseException error =
          ToolErrors.translate("pg_dump", what, exitCode, process.said(), null);
      throw exitCode == REFUSED ? DumpDiagnosis.of(jdbc).explain(error) : error;
    }
  }

  private static void pump(ToolProcess process, OutputStream sink) throws IOException {
    InputStream stdout = process.stdout();
    byte[] chunk = new byte[CHUNK];
    int length = stdout.read(chunk);
    process.connected();
    while (length > 0) {
      sink.write(chunk, 0, length);
      length = stdout.readNBytes(chunk, 0, chunk.length);
    }
  }

  private static RuntimeException sinkFailed(Exception failure, String what) {
    if (failure instanceof RuntimeException own) {
      return own;
    }
    return new DatabaseException(
        ErrorKind.IO, what, "its bytes could not be passed on: " + failure, null, failure);
  }

  private List<String> options(DumpScope scope) {
    List<String> options = new ArrayList<>();
    options.add("--format=plain");
    options.add("--no-password");
    options.add("--lock-wait-timeout=" + lockWait.toMillis());
    add(options, "--schema=", scope.schemas());
    add(options, "--exclude-schema=", scope.excludeSchemas());
    add(options, "--table=", scope.tables());
    add(options, "--exclude-table=", scope.excludeTables());
    add(options, "--exclude-table-data=", scope.excludeTableData());
    return options;
  }

  /** One argument each, so that no pattern can be taken for an option. */
  private static void add(List<String> options, String option, List<String> patterns) {
    patterns.forEach(pattern -> options.add(option + pattern));
  }

  private static DumpReport report(ClientTools.Tool tool, List<String> options, List<String> said) {
    List<String> remarks = new ArrayList<>(tool.remarks());
    said.stream().limit(MAX_REMARKS).forEach(remarks::add);
    return new DumpReport(tool.name(), tool.version(), options, remarks);
  }
}
