package com.conitrack.backup.pg;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes tasks from the queue and has one psql do them, on a thread of its own. */
final class LoadWorker {
  private static final byte[] NEWLINE = {'\n'};
  private static final byte[] ROWS_END = "\\.\n".getBytes(StandardCharsets.US_ASCII);

  private final PsqlSession session;
  private final LoadQueue queue;
  private final List<byte[]> settings;
  private final boolean first;
  private final Thread thread;
  private int applied;
  private volatile boolean opened;

  /**
   * @param settings what the dump has set so far and will set; it grows only while no worker has a
   *     task
   * @param first whether the session is open and has all settings; then this does not end it either
   */
  LoadWorker(
      PsqlSession session, LoadQueue queue, List<byte[]> settings, int number, boolean first) {
    this.session = session;
    this.queue = queue;
    this.settings = settings;
    this.first = first;
    this.opened = first;
    thread = new Thread(this::run, "conitrack-backup connection " + number + " of a restore");
    thread.setDaemon(true);
    thread.start();
  }

  PsqlSession session() {
    return session;
  }

  /** Whether the server let it in. */
  boolean opened() {
    return opened;
  }

  /** Waits until it works no more. */
  void join() throws InterruptedException {
    thread.join();
  }

  /** The same, not for long and whatever happens. */
  void joinBriefly() {
    try {
      TimeUnit.SECONDS.timedJoin(thread, 5);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    @Nullable LoadTask task = null;
    try {
      if (!open()) {
        return;
      }
      for (task = queue.take(); task != null; task = queue.take()) {
        execute(task);
        queue.done(task);
      }
      if (!first) {
        session.end();
      }
    } catch (IOException | InterruptedException | RuntimeException e) {
      queue.fail(task, session);
    }
  }

  /** A session that the server does not let in is no failure as long as there is another. */
  private boolean open() throws InterruptedException {
    if (!first) {
      try {
        session.open();
      } catch (IOException e) {
        return false;
      }
      opened = true;
    }
    return true;
  }

  private void execute(LoadTask task) throws IOException, InterruptedException {
    GuardedSink psql = session.sink();
    if (!first) {
      for (; applied < settings.size(); applied++) {
        psql.write(settings.get(applied));
      }
    }
    if (task.hasFirstRows()) {
      writeFirstRows(psql, task);
    } else {
      psql.write(task.text());
      psql.write(NEWLINE);
      if (task.hasRows()) {
        psql.flush(); // The table is locked while its rows are still awaited.
        writeRows(psql, task);
      }
    }
    session.confirm();
  }

  private void writeFirstRows(GuardedSink psql, LoadTask task)
      throws IOException, InterruptedException {
    FirstRows first = new FirstRows(task.text());
    first.between(NEWLINE, 0, NEWLINE.length);
    byte[] rows = queue.nextRows(task);
    while (rows != null && !first.areMany()) {
      first.add(rows, 0, rows.length);
      rows = first.areMany() ? rows : queue.nextRows(task);
    }
    if (first.areMany()) {
      psql.write(first.inOrder());
      psql.flush(); // As above.
      writeRows(psql, task);
      psql.write(FirstRows.afterThem());
    } else {
      psql.write(first.asTheyAre());
      psql.write(ROWS_END);
    }
  }

  private void writeRows(GuardedSink psql, LoadTask task) throws IOException, InterruptedException {
    for (byte[] rows = queue.nextRows(task); rows != null; rows = queue.nextRows(task)) {
      psql.write(rows);
    }
    psql.write(ROWS_END);
  }
}
