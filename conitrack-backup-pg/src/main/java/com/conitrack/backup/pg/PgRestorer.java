package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.DatabaseRestorer;
import com.conitrack.backup.core.port.RestoreOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
    try (ToolProcess process = launcher.start(tool, OPTIONS, options.timeout(), what)) {
      RestoreDialogue dialogue = RestoreDialogue.start(process, options.atomicity());
      try {
        feed(process, dialogue, body, what);
      } catch (RuntimeException e) {
        process.kill();
        boolean scriptFailed = process.awaitEnd() == SCRIPT_ERROR;
        RestoreAftermath aftermath = new RestoreAftermath(jdbc, dialogue);
        return outcomeAfter(e, aftermath, scriptFailed ? transactionLeft(what, e) : null);
      }
      return remarks(tool, process);
    }
  }

  @Override
  public String clearing() {
    return Clearing.SCRIPT;
  }

  @Override
  public int endLeftovers() {
    return new LeftSessions(jdbc).end();
  }

  @Override
  public Fate fateOf(String transaction) {
    return RestoreAftermath.fateOf(jdbc, transaction);
  }

  private static void feed(
      ToolProcess process, RestoreDialogue dialogue, DumpBody body, String what) {
    GuardedSink sink = new GuardedSink(process.stdin());
    Exception failure = null;
    try {
      sink.write(dialogue.opening());
      if (dialogue.awaitOpened()) {
        load(dialogue, body, sink);
      }
      process.stdin().close();
    } catch (IOException | RuntimeException e) {
      failure = e;
      if (!sink.failed()) {
        process.kill();
      }
    }
    int exitCode = process.awaitEnd();
    dialogue.awaitEnd();
    process.throwIfStopped(failure);
    if (failure != null && !sink.failed()) {
      throw bodyFailed(failure, what);
    }
    if (dialogue.leftTransaction()) {
      throw transactionLeft(what, null);
    }
    if (exitCode != 0 || failure != null || !dialogue.committed()) {
      throw ToolErrors.translate("psql", what, exitCode, process.said(), failure);
    }
  }

  /**
   * Sends nothing before psql's session is there: whoever clears up after this program was killed
   * would look for it too early, while all of a small dump and its COMMIT wait in the pipe.
   */
  private static void load(RestoreDialogue dialogue, DumpBody body, GuardedSink sink)
      throws IOException {
    if (dialogue.transaction() != 0) {
      body.begun(Long.toString(dialogue.transaction()));
    }
    body.writeTo(sink);
    sink.flush();
    dialogue.committing();
    sink.write(dialogue.closing());
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

  private static DatabaseException bodyFailed(Exception failure, String what) {
    ErrorKind kind = failure instanceof BackupException known ? known.kind() : ErrorKind.IO;
    String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return new DatabaseException(
        kind, what, "the dump could not be read whole: " + why, "nothing was changed", failure);
  }

  private static DatabaseException transactionLeft(String what, @Nullable RuntimeException cause) {
    return new DatabaseException(
        ErrorKind.DATABASE,
        what,
        "the dump holds transaction control (BEGIN, COMMIT or ROLLBACK) of its own",
        "look at the database: parts of the dump were committed; take transaction control out of it",
        cause);
  }

  private static List<String> remarks(ClientTools.Tool tool, ToolProcess process) {
    List<String> remarks = new ArrayList<>(tool.remarks());
    process.said().stream().limit(MAX_REMARKS).forEach(remarks::add);
    return remarks;
  }

  /** Tells a failure to write to psql from one of the body's own, however the body wraps it. */
  private static final class GuardedSink extends OutputStream {
    private final OutputStream psql;
    private @Nullable IOException failure;

    GuardedSink(OutputStream psql) {
      this.psql = psql;
    }

    boolean failed() {
      return failure != null;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (failure != null) {
        throw failure;
      }
      try {
        psql.write(bytes, offset, length);
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    @Override
    public void flush() throws IOException {
      try {
        psql.flush();
      } catch (IOException e) {
        failure = e;
        throw e;
      }
    }

    void write(String text) throws IOException {
      write(text.getBytes(StandardCharsets.US_ASCII));
      flush();
    }
  }
}
