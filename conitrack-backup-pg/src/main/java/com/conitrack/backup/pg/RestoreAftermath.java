package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import java.util.concurrent.TimeUnit;

/**
 * Tidies up after a restore that went wrong: ends psql's session on the server, which may be busy
 * with a long statement and notice late that psql has gone, and finds out how its transaction
 * ended.
 */
final class RestoreAftermath {
  /** How the transaction ended. */
  enum Outcome {
    ROLLED_BACK,
    COMMITTED,
    UNKNOWN
  }

  private static final String WHAT = "unable to find out how a restore ended";
  private static final int MAX_POLLS = 100;
  private static final long POLL_MILLIS = 100;

  private final Jdbc jdbc;
  private final RestoreDialogue dialogue;

  RestoreAftermath(Jdbc jdbc, RestoreDialogue dialogue) {
    this.jdbc = jdbc;
    this.dialogue = dialogue;
  }

  /** Ends the session if it is still there, and waits a while until it is gone. */
  void endSession() {
    if (dialogue.backend() == 0) {
      return;
    }
    boolean interrupted = Thread.interrupted(); // Waiting here is short and worth it.
    try (Session session = jdbc.open(WHAT)) {
      for (int i = 0; i < MAX_POLLS && isThere(session); i++) {
        session.strings("SELECT pg_terminate_backend(?)", (int) dialogue.backend());
        TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      }
    } catch (DatabaseException e) {
      // The server cannot be asked; a session without COMMIT ends in a rollback all the same.
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** The number alone could be another session's by now; the transaction tells. */
  private boolean isThere(Session session) {
    return !session
        .strings(
            "SELECT 1 FROM pg_locks WHERE pid = ? AND locktype = 'transactionid'"
                + " AND mode = 'ExclusiveLock' AND transactionid::text::bigint = ?",
            (int) dialogue.backend(),
            dialogue.transaction() & 0xFFFF_FFFFL)
        .isEmpty();
  }

  Outcome outcome() {
    if (!dialogue.wasCommitting() || dialogue.transaction() == 0) {
      return Outcome.ROLLED_BACK; // Never asked to commit, or never even begun.
    }
    if (dialogue.committed()) {
      return Outcome.COMMITTED;
    }
    try (Session session = jdbc.open(WHAT)) {
      return session
          .first("SELECT txid_status(?)", row -> row.getString(1), dialogue.transaction())
          .map(RestoreAftermath::outcome)
          .orElse(Outcome.UNKNOWN);
    } catch (DatabaseException e) {
      return Outcome.UNKNOWN;
    }
  }

  private static Outcome outcome(String status) {
    return switch (status) {
      case "committed" -> Outcome.COMMITTED;
      case "aborted" -> Outcome.ROLLED_BACK;
      default -> Outcome.UNKNOWN;
    };
  }

  DatabaseException unknown(RuntimeException failure) {
    ErrorKind kind =
        failure instanceof DatabaseException known ? known.kind() : ErrorKind.CONNECTION;
    return new DatabaseException(
        kind,
        WHAT,
        "the connection was lost while COMMIT was on its way: " + failure.getMessage(),
        "look at the database before anything else: it holds either all of the restore or nothing"
            + " of it",
        failure);
  }
}
