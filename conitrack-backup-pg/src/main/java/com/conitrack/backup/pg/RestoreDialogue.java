package com.conitrack.backup.pg;

import com.conitrack.backup.core.port.RestoreOptions.Atomicity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is said to psql around a dump, and what it answers. Answers carry a random token, so that
 * nothing a dump selects can pass for one.
 */
final class RestoreDialogue {
  /** Longer lines than any answer are no answers; their rest is dropped. */
  private static final int MAX_LINE = 200;

  private static final String NOTICE_LOSS =
      """
      DO $$ BEGIN PERFORM pg_catalog.set_config('client_connection_check_interval', '1000', false);
      EXCEPTION WHEN OTHERS THEN NULL; END $$;
      """;

  /** When a session began, as the server's list of sessions tells it; the same for who asks. */
  static final String BEGAN = "EXTRACT(epoch FROM backend_start)";

  private static final long DRAIN_MILLIS = 5_000;

  private final String token = "conitrack-" + UUID.randomUUID();
  private final Pattern opened = Pattern.compile(token + " opened (\\d+) (\\d+) (\\S+)");
  private final Pattern done = Pattern.compile(token + " done (\\d+)");
  private final ToolProcess process;
  private final Atomicity atomicity;
  private final Thread reader;
  private volatile boolean committing;
  private volatile boolean committed;
  private volatile boolean left;
  private volatile long backend;
  private volatile long transaction;
  private volatile String began = "";
  private long confirmed;
  private boolean ended;

  private RestoreDialogue(ToolProcess process, Atomicity atomicity) {
    this.process = process;
    this.atomicity = atomicity;
    reader = new Thread(() -> drain(process.stdout()), "conitrack-backup stdout of psql");
    reader.setDaemon(true);
  }

  static RestoreDialogue start(ToolProcess process, Atomicity atomicity) {
    RestoreDialogue dialogue = new RestoreDialogue(process, atomicity);
    dialogue.reader.start();
    return dialogue;
  }

  /**
   * Begins the transaction, read and write even where the database's default is to read only, and
   * asks which session and transaction it is. In parts there is no transaction, and none needs to
   * be on disk before the next one begins. A server that can is told to notice within a second when
   * psql is gone (PostgreSQL documentation, client_connection_check_interval, since version 14, not
   * on all platforms).
   */
  String opening() {
    return NOTICE_LOSS + (atomicity == Atomicity.PARTS ? openingOfParts() : openingOfAll());
  }

  private String openingOfParts() {
    return """
        SET default_transaction_read_only = off; SET synchronous_commit = off;
        SELECT '%s opened ' || pid || ' 0 ' || %s
          FROM pg_catalog.pg_stat_activity WHERE pid = pg_catalog.pg_backend_pid();
        """
        .formatted(token, BEGAN);
  }

  private String openingOfAll() {
    return """
        BEGIN READ WRITE; SELECT pg_catalog.txid_current() AS conitrack_transaction \\gset
        SELECT '%s opened ' || pg_catalog.pg_backend_pid() || ' ' || :conitrack_transaction || ' -';
        """
        .formatted(token);
  }

  /**
   * Commits and asks the server whether it did, as COMMIT of a failed transaction is no error. A
   * dump that has ended the transaction by itself, against the contract, is found out and told. In
   * parts there is nothing to commit, unless the dump left a transaction open.
   */
  String closing() {
    if (atomicity == Atomicity.PARTS) {
      return """

          SELECT pg_catalog.txid_current_if_assigned() IS NOT NULL AS conitrack_open \\gset
          \\if :conitrack_open
          \\echo %1$s left
          \\else
          \\echo %1$s committed
          \\endif
          """
          .formatted(token);
    }
    return """

        SELECT pg_catalog.txid_current() = :conitrack_transaction AS conitrack_same \\gset
        \\if :conitrack_same
        %2$s;
        COMMIT;
        SELECT '%1$s ' || pg_catalog.txid_status(:conitrack_transaction);
        \\else
        \\echo %1$s left
        \\endif
        """
        .formatted(token, DurableCommit.STATEMENT);
  }

  /** Has psql say, when it has done what went before, that it has done number {@code n}. */
  String question(long n) {
    return "\n\\echo " + token + " done " + n + "\n";
  }

  /** Waits for the answer to the opening; false if psql ended without. */
  synchronized boolean awaitOpened() throws InterruptedException {
    while (backend == 0 && !ended) {
      wait();
    }
    return backend != 0;
  }

  /** Waits for the answer to that question; false if psql ended without. */
  synchronized boolean awaitConfirmed(long n) throws InterruptedException {
    while (confirmed < n && !ended) {
      wait();
    }
    return confirmed >= n;
  }

  /** The closing is about to be sent: from now on the transaction may be committed. */
  void committing() {
    committing = true;
  }

  boolean wasCommitting() {
    return committing;
  }

  boolean committed() {
    return committed;
  }

  /** Whether the dump had ended the transaction before its end. */
  boolean leftTransaction() {
    return left;
  }

  /** Process number of the session on the server; zero if it was never told. */
  long backend() {
    return backend;
  }

  /** The transaction's number; zero if it was never told. */
  long transaction() {
    return transaction;
  }

  /** When the session began, by {@link #BEGAN}; of use only if it loads in parts. */
  String began() {
    return began;
  }

  /** Waits until everything psql wrote has been read. */
  void awaitEnd() {
    try {
      reader.join(DRAIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain(InputStream stdout) {
    byte[] buffer = new byte[8192];
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (stdout) {
      for (int n = stdout.read(buffer); n >= 0; n = stdout.read(buffer)) {
        split(buffer, n, line);
      }
    } catch (IOException e) {
      // psql was ended; the answer that did not come tells the rest.
    }
    synchronized (this) {
      ended = true;
      notifyAll();
    }
  }

  private void split(byte[] buffer, int length, ByteArrayOutputStream line) {
    for (int i = 0; i < length; i++) {
      if (buffer[i] == '\n') {
        answer(line.toString(StandardCharsets.UTF_8).strip());
        line.reset();
      } else if (line.size() < MAX_LINE) {
        line.write(buffer[i]);
      }
    }
  }

  private synchronized void answer(String line) {
    Matcher match = opened.matcher(line);
    Matcher confirmation = done.matcher(line);
    if (match.matches()) {
      transaction = Long.parseLong(match.group(2));
      began = match.group(3);
      backend = Long.parseLong(match.group(1));
      process.connected();
    } else if (confirmation.matches()) {
      confirmed = Long.parseLong(confirmation.group(1));
    } else if (line.equals(token + " committed")) {
      committed = true;
    } else if (line.equals(token + " left")) {
      left = true;
    }
    notifyAll();
  }
}
