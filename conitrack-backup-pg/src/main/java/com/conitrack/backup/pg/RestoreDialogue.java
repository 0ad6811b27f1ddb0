package com.conitrack.backup.pg;

import com.conitrack.backup.core.port.RestoreOptions.Atomicity;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
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

  private static final long DRAIN_MILLIS = 5_000;

  private final String token = "conitrack-" + UUID.randomUUID();
  private final Pattern opened = Pattern.compile(token + " opened (\\d+) (\\d+)");
  private final ToolProcess process;
  private final Atomicity atomicity;
  private final Thread reader;
  private final CountDownLatch answered = new CountDownLatch(1);
  private volatile boolean committing;
  private volatile boolean committed;
  private volatile boolean left;
  private volatile long backend;
  private volatile long transaction;

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
        SELECT '%s opened ' || pg_catalog.pg_backend_pid() || ' 0';
        """
        .formatted(token);
  }

  private String openingOfAll() {
    return """
        BEGIN READ WRITE; SELECT pg_catalog.txid_current() AS conitrack_transaction \\gset
        SELECT '%s opened ' || pg_catalog.pg_backend_pid() || ' ' || :conitrack_transaction;
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
        COMMIT;
        SELECT '%1$s ' || pg_catalog.txid_status(:conitrack_transaction);
        \\else
        \\echo %1$s left
        \\endif
        """
        .formatted(token);
  }

  /** Waits for the answer to the opening; false if psql ended before it came. */
  boolean awaitOpened() {
    try {
      answered.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Which makes the watchdog end psql.
    }
    return backend != 0;
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
    } finally {
      answered.countDown();
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

  private void answer(String line) {
    Matcher match = opened.matcher(line);
    if (match.matches()) {
      transaction = Long.parseLong(match.group(2));
      backend = Long.parseLong(match.group(1));
      process.connected();
      answered.countDown();
    } else if (line.equals(token + " committed")) {
      committed = true;
    } else if (line.equals(token + " left")) {
      left = true;
    }
  }
}
