package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.RestoreOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Restores with psql. Its own {@code --single-transaction} is not used: at the end of its input
 * psql commits, even where the input was cut inside COPY data. Here the COMMIT is written last,
 * after the dump has been proved whole; without it the server rolls back when the session ends.
 */
final class PgRestorer implements DatabaseRestorer {
  private static final List<String> OPTIONS =
      List.of(
          "--no-psqlrc",
          "--quiet",
          "--no-align",
          "--tuples-only",
          "--no-password",
          "--set=ON_ERROR_STOP=1",
          "--set=VERBOSITY=verbose", // Prints SQLSTATEs, which no language changes.
          "--file=-"); // Unlike plain standard input, makes errors tell their line.

  private static final int MAX_REMARKS = 50;

  /** psql's exit code after an error under ON_ERROR_STOP (PostgreSQL documentation, psql). */
  private static final int SCRIPT_ERROR = 3;

  private final Jdbc jdbc;
  private final ClientTools tools;
  private final ToolLauncher launcher;

  PgRestorer(Jdbc jdbc, ClientTools tools, ToolLauncher launcher) {
    this.jdbc = jdbc;
    this.tools = tools;
    this.launcher = launcher;
  }

  @Override
  public List<String> restore(DumpBody body, RestoreOptions options) {
    String what = "unable to restore into database " + Names.databaseOn(jdbc.target());
    ClientTools.Tool tool = tools.choose("psql", jdbc.serverVersion(what));
    int connections = LoadConnections.choose(jdbc, options, what);
    Psqls psqls = new Psqls(tool, options, what);
    try (PsqlSession psql = psqls.start()) {
      RestoreFeed feed =
          options.isWhole()
              ? new RestoreFeed(psql, what)
              : new RestoreFeed(psql, psqls, connections, what);
      try {
        feed.pour(body);
      } catch (RuntimeException e) {
        return afterFailure(psql, feed, what, e);
      } finally {
        feed.further().forEach(PsqlSession::close);
      }
      return remarks(tool, psql, feed);
    }
  }

  @Override
  public String clearing() {
    return Clearing.SCRIPT;
  }

  @Override
  public List<String> clearingObstacles() {
    try (Session session =
        jdbc.open("unable to look at database " + Names.databaseOn(jdbc.target()))) {
      return ClearingObstacles.in(session);
    }
  }

  @Override
  public int endLeftovers() {
    return new LeftSessions(jdbc).end();
  }

  @Override
  public Fate fateOf(String transaction) {
    return RestoreAftermath.fateOf(jdbc, transaction);
  }

  private List<String> afterFailure(
      PsqlSession psql, RestoreFeed feed, String what, RuntimeException e) {
    psql.process().kill();
    boolean scriptFailed = psql.process().awaitEnd() == SCRIPT_ERROR;
    feed.further().forEach(session -> new RestoreAftermath(jdbc, session.dialogue()).endSession());
    RestoreAftermath aftermath = new RestoreAftermath(jdbc, psql.dialogue());
    return outcomeAfter(e, aftermath, scriptFailed ? RestoreFeed.transactionLeft(what, e) : null);
  }

  /**
   * Where COMMIT was on its way when things went wrong, only the server knows how it ended.
   *
   * @param ifCommitted the failure if it was committed before our COMMIT; null if it was ours
   */
  private static List<String> outcomeAfter(
      RuntimeException failure,
      RestoreAftermath aftermath,
      @Nullable DatabaseException ifCommitted) {
    aftermath.endSession();
    switch (aftermath.outcome()) {
      case ROLLED_BACK -> throw failure;
      case UNKNOWN -> throw aftermath.unknown(failure);
      case COMMITTED -> {
        if (ifCommitted != null) {
          throw ifCommitted;
        }
      }
    }
    return List.of(
        "the server committed the restore, though psql was lost: " + failure.getMessage());
  }

  private static List<String> remarks(ClientTools.Tool tool, PsqlSession psql, RestoreFeed feed) {
    List<String> remarks = new ArrayList<>(tool.remarks());
    remarks.addAll(feed.refusals());
    List<String> said = new ArrayList<>(psql.process().said());
    feed.further().stream()
        .filter(session -> session.dialogue().committed())
        .forEach(session -> said.addAll(session.process().said()));
    said.stream().limit(MAX_REMARKS).forEach(remarks::add);
    return remarks;
  }

  /** Starts psql for one restore, as often as it is needed. */
  private final class Psqls implements ParallelLoader.Target {
    private final ClientTools.Tool tool;
    private final RestoreOptions options;
    private final String what;

    Psqls(ClientTools.Tool tool, RestoreOptions options, String what) {
      this.tool = tool;
      this.options = options;
      this.what = what;
    }

    /** Those after the first have as long, and so are never the ones to stop first. */
    @Override
    public PsqlSession start() {
      return PsqlSession.start(
          launcher.start(tool, OPTIONS, options.timeout(), what), options.atomicity());
    }

    @Override
    public TableFacts facts() {
      return TableFacts.read(jdbc, what);
    }
  }
}
