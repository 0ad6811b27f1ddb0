package com.conitrack.backup.pg;

import com.conitrack.backup.core.port.RestoreOptions.Atomicity;
import java.io.IOException;

/** A psql that loads: what is written to it, and what it answers. */
final class PsqlSession implements AutoCloseable {
  private final ToolProcess process;
  private final RestoreDialogue dialogue;
  private final GuardedSink sink;
  private volatile boolean lost;
  private long confirmed;

  private PsqlSession(ToolProcess process, RestoreDialogue dialogue) {
    this.process = process;
    this.dialogue = dialogue;
    this.sink = new GuardedSink(process.stdin());
  }

  /** Takes the process over. */
  static PsqlSession start(ToolProcess process, Atomicity atomicity) {
    return new PsqlSession(process, RestoreDialogue.start(process, atomicity));
  }

  ToolProcess process() {
    return process;
  }

  RestoreDialogue dialogue() {
    return dialogue;
  }

  GuardedSink sink() {
    return sink;
  }

  /** Whether psql could not be written to, or ended before its time. */
  boolean lost() {
    return lost || sink.failed();
  }

  /** Returns when the server has told which session this is. */
  void open() throws IOException, InterruptedException {
    sink.write(dialogue.opening());
    require(dialogue.awaitOpened());
  }

  /** Returns when all that was written has been done. */
  void confirm() throws IOException, InterruptedException {
    confirmed++;
    sink.write(dialogue.question(confirmed));
    require(dialogue.awaitConfirmed(confirmed));
  }

  private void require(boolean answered) throws IOException {
    if (!answered) {
      lost = true;
      throw new IOException("psql has ended");
    }
  }

  /** Says that nothing more comes. */
  void end() throws IOException {
    sink.write(dialogue.closing());
    process.stdin().close();
  }

  @Override
  public void close() {
    process.close();
  }
}
