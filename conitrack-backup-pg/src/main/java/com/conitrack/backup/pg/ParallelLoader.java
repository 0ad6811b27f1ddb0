package com.conitrack.backup.pg;

import com.conitrack.backup.core.dump.LoadStep;
import com.conitrack.backup.core.dump.LoadSteps;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Loads a dump over several connections: what does not depend on one another beside each other, all
 * else in its order on the first of them. Further connections are opened as they are needed. Used
 * by the thread that reads the dump.
 */
final class ParallelLoader implements LoadSteps.Receiver {
  private static final byte[] NEWLINE = {'\n'};

  /** What is opened and asked on the way. */
  interface Target {
    /** Starts another psql; its session is opened by its worker. */
    PsqlSession start();

    /** What the catalogue tells of the tables made so far. */
    TableFacts facts();
  }

  private final PsqlSession first;
  private final Target target;
  private final int connections;
  private final LoadQueue queue;
  private final List<LoadWorker> workers = new ArrayList<>();
  private final List<byte[]> settings = new CopyOnWriteArrayList<>();

  /** Null as long as it must be read anew. */
  private @Nullable TableFacts facts;

  /** The task whose rows are being read; null if they go to the first connection. */
  private @Nullable LoadTask reading;

  /** Few rows that would go to the first connection; null if none are held back. */
  private @Nullable FirstRows held;

  /** What ends the transaction of the rows that go to the first connection. */
  private byte[] afterRows = {};

  private boolean inOrder;
  private boolean inTransaction;
  private boolean unconfirmed = true;

  /**
   * @param readAhead how many bytes of rows may be read ahead
   */
  ParallelLoader(PsqlSession first, Target target, int connections, long readAhead) {
    this.first = first;
    this.target = target;
    this.connections = connections;
    this.queue = new LoadQueue(readAhead);
    this.inOrder = connections == 1;
  }

  @Override
  public void between(byte[] b, int from, int to) throws IOException {
    FirstRows few = held;
    if (inOrder && few != null) {
      few.between(b, from, to);
    } else if (inOrder) {
      first.sink().write(b, from, to - from); // Lets psql's messages tell the dump's own lines.
    }
  }

  @Override
  public void piece(byte[] b, int from, int to) throws IOException {
    drain();
    first.sink().write(b, from, to - from);
  }

  @Override
  public void statement(LoadStep step, byte[] text) throws IOException {
    if (!inOrder && !inTransaction && isApart(step)) {
      add(new LoadTask(step, text));
    } else {
      executeInOrder(step, text);
    }
  }

  private boolean isApart(LoadStep step) throws IOException {
    if (step instanceof LoadStep.Rows rows) {
      return !facts().isDependent(rows.table());
    } else if (step instanceof LoadStep.Index index) {
      return !facts().isParent(index.table());
    } else if (step instanceof LoadStep.Key key) {
      return !facts().isParent(key.table());
    } else if (step instanceof LoadStep.ForeignKey key) {
      return !facts().isRelated(key.from()) && !facts().isRelated(key.to());
    }
    return step instanceof LoadStep.Sequence;
  }

  private TableFacts facts() throws IOException {
    TableFacts known = facts;
    if (known == null) {
      confirm();
      known = target.facts();
      facts = known;
    }
    return known;
  }

  private void add(LoadTask task) throws IOException {
    confirm();
    if (workers.isEmpty()) {
      workers.add(new LoadWorker(first, queue, settings, 1, true));
    }
    if (queue.add(task) && workers.size() < connections) {
      PsqlSession another = target.start();
      workers.add(new LoadWorker(another, queue, settings, workers.size() + 1, false));
    }
    reading = task.hasRows() ? task : null;
  }

  /** What went over the first connection has been done: others build on it. */
  private void confirm() throws IOException {
    if (unconfirmed) {
      try {
        drain();
        first.confirm();
        unconfirmed = false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("the thread was interrupted");
      }
    }
  }

  private void executeInOrder(LoadStep step, byte[] text) throws IOException {
    drain();
    reading = null;
    unconfirmed = true;
    note(step, text);
    if (!inTransaction && FirstRows.are(step, text)) {
      held = new FirstRows(text);
    } else {
      first.sink().write(text);
    }
    if (!inOrder) {
      newline(); // In place of what stands between.
    }
  }

  private void newline() throws IOException {
    FirstRows few = held;
    if (few != null) {
      few.between(NEWLINE, 0, NEWLINE.length);
    } else {
      first.sink().write(NEWLINE);
    }
  }

  private void note(LoadStep step, byte[] text) {
    if (step instanceof LoadStep.Ordered ordered && ordered.definition()) {
      facts = null;
    } else if (step instanceof LoadStep.Begin || step instanceof LoadStep.Commit) {
      inTransaction = step instanceof LoadStep.Begin;
    } else if (step instanceof LoadStep.Setting) {
      settings.add(text);
      settings.add(NEWLINE);
    } else if (step instanceof LoadStep.Unknown) {
      inOrder = true;
    }
  }

  private void drain() throws IOException {
    if (!workers.isEmpty()) {
      queue.drain();
    }
  }

  @Override
  public void rows(byte[] b, int from, int to) throws IOException {
    LoadTask task = reading;
    if (held != null) {
      hold(held, b, from, to);
    } else if (task == null) {
      first.sink().write(b, from, to - from);
    } else {
      queue.addRows(task, Arrays.copyOfRange(b, from, to));
    }
  }

  private void hold(FirstRows few, byte[] b, int from, int to) throws IOException {
    few.add(b, from, to);
    if (few.areMany()) {
      first.sink().write(few.inOrder());
      afterRows = FirstRows.afterThem();
      held = null;
    }
  }

  @Override
  public void rowsEnd(byte[] marker) throws IOException {
    LoadTask task = reading;
    if (task == null) {
      FirstRows few = held;
      if (few != null) {
        first.sink().write(few.asTheyAre());
        held = null;
      }
      first.sink().write(marker);
      first.sink().write(afterRows);
      afterRows = new byte[0];
    } else {
      queue.endRows(task);
      reading = null;
    }
  }

  /** Returns when all has been done and the further connections have ended well. */
  void finish() throws IOException {
    drain();
    queue.close();
    try {
      for (LoadWorker worker : workers) {
        worker.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the thread was interrupted");
    }
    for (PsqlSession session : further()) {
      session.process().awaitEnd();
      session.dialogue().awaitEnd();
    }
    for (LoadWorker worker : workers) {
      if (worker.session() != first
          && worker.opened()
          && !worker.session().dialogue().committed()) {
        queue.fail(null, worker.session());
        throw new IOException("a connection of the restore did not end well");
      }
    }
  }

  /** Takes the blame from whatever else went wrong after it; null if none of them failed. */
  @Nullable PsqlSession failed() {
    return queue.failedSession();
  }

  /** What was being done when a session failed, as errors say it; empty if nothing. */
  String failedAt() {
    LoadTask task = queue.failedTask();
    return task == null ? "" : " (" + task + ")";
  }

  /** What the server said to connections that it did not let in. */
  List<String> refusals() {
    return workers.stream()
        .filter(worker -> !worker.opened())
        .map(worker -> String.join(" ", worker.session().process().said()))
        .map(said -> "the restore went on without a further connection: " + said)
        .toList();
  }

  /** The connections besides the first. */
  List<PsqlSession> further() {
    return workers.stream().map(LoadWorker::session).filter(each -> each != first).toList();
  }

  /** Ends whatever still runs. */
  void abort() {
    queue.cancel();
    further().forEach(session -> session.process().kill());
    workers.stream().filter(each -> each.session() != first).forEach(LoadWorker::joinBriefly);
  }
}
