package com.conitrack.backup.pg;

import com.conitrack.backup.core.dump.LoadSteps;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.DatabaseRestorer.DumpBody;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pours one dump into psql, or into several, and tells what went wrong by who is to blame. */
final class RestoreFeed {
  /** Much of it lies idle only while one table is large and the next waits for its turn. */
  private static final long MOST_READ_AHEAD = 64L << 20;

  private static final int SHARE_OF_HEAP = 8;

  private final PsqlSession psql;
  private final String what;
  private final @Nullable ParallelLoader loader;

  /** In one transaction, over one connection. */
  RestoreFeed(PsqlSession psql, String what) {
    this.psql = psql;
    this.what = what;
    this.loader = null;
  }

  /** In parts, over as many as {@code connections}. */
  RestoreFeed(PsqlSession psql, ParallelLoader.Target target, int connections, String what) {
    this.psql = psql;
    this.what = what;
    long readAhead = Math.min(MOST_READ_AHEAD, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    this.loader = new ParallelLoader(psql, target, connections, readAhead);
  }

  /** Connections besides the first; the caller closes them. */
  List<PsqlSession> further() {
    return loader == null ? List.of() : loader.further();
  }

  /** What is to be said of connections that could not be had. */
  List<String> refusals() {
    return loader == null ? List.of() : loader.refusals();
  }

  /**
   * Returns when everything has been loaded, and committed where it is one transaction.
   *
   * @throws DatabaseException otherwise; psql has ended then
   */
  void pour(DumpBody body) {
    Exception failure = null;
    try {
      psql.sink().write(psql.dialogue().opening());
      if (opened()) {
        load(body);
      } else {
        psql.process().stdin().close();
      }
    } catch (IOException | RuntimeException e) {
      failure = e;
      stop();
    }
    int exitCode = psql.process().awaitEnd();
    psql.dialogue().awaitEnd();
    psql.process().throwIfStopped(failure);
    throwIfAnotherFailed(failure);
    if (failure != null && !psql.lost()) {
      throw bodyFailed(failure);
    }
    if (psql.dialogue().leftTransaction()) {
      throw transactionLeft(what, null);
    }
    if (exitCode != 0 || failure != null || !psql.dialogue().committed()) {
      throw failed(psql, exitCode, failure);
    }
  }

  /** Waits for the session; false if psql ended before it was there. */
  private boolean opened() {
    try {
      return psql.dialogue().awaitOpened();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Which makes the watchdog end psql.
      return false;
    }
  }

  /**
   * Sends nothing before psql's session is there: whoever clears up after this program was killed
   * would look for it too early, while all of a small dump and its COMMIT wait in the pipe.
   */
  private void load(DumpBody body) throws IOException {
    long transaction = psql.dialogue().transaction();
    if (transaction != 0) {
      body.begun(Long.toString(transaction));
    }
    write(body);
    psql.sink().flush();
    psql.dialogue().committing();
    psql.end();
  }

  private void write(DumpBody body) throws IOException {
    if (loader == null) {
      body.writeTo(psql.sink());
      return;
    }
    LoadSteps steps = new LoadSteps(loader);
    body.writeTo(new StepsSink(steps));
    steps.finish();
    loader.finish();
  }

  private void stop() {
    if (loader != null) {
      loader.abort();
    }
    if (!psql.lost()) {
      psql.process().kill();
    }
  }

  private void throwIfAnotherFailed(@Nullable Exception failure) {
    PsqlSession blamed = loader == null ? null : loader.failed();
    if (blamed != null && blamed != psql) {
      int exitCode = blamed.process().awaitEnd();
      throw failed(blamed, exitCode, failure);
    }
  }

  private DatabaseException failed(PsqlSession session, int exitCode, @Nullable Exception cause) {
    String at = loader == null ? "" : loader.failedAt();
    return ToolErrors.translate("psql", what + at, exitCode, session.process().said(), cause);
  }

  private DatabaseException bodyFailed(Exception failure) {
    ErrorKind kind = failure instanceof BackupException known ? known.kind() : ErrorKind.IO;
    String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return new DatabaseException(
        kind,
        what,
        "the dump could not be read whole: " + why,
        loader == null ? "nothing was changed" : "drop what was loaded of it",
        failure);
  }

  static DatabaseException transactionLeft(String what, @Nullable RuntimeException cause) {
    return new DatabaseException(
        ErrorKind.DATABASE,
        what,
        "the dump holds transaction control (BEGIN, COMMIT or ROLLBACK) of its own",
        "look at the database: parts of the dump were committed; take transaction control out of it",
        cause);
  }

  /** Takes the dump's bytes. */
  private static final class StepsSink extends OutputStream {
    private final LoadSteps steps;

    StepsSink(LoadSteps steps) {
      this.steps = steps;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      steps.accept(bytes, offset, length);
    }
  }
}
