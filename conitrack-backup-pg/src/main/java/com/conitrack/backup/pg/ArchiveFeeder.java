package com.conitrack.backup.pg;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Hands an archive to pg_restore's standard input, on a thread of its own, and reads it to its end
 * whether the tool wants all of it or not.
 */
final class ArchiveFeeder {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final InputStream source;
  private final ToolProcess process;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean leftOver;
  private volatile @Nullable Exception sourceFailure;

  private ArchiveFeeder(InputStream source, ToolProcess process) {
    this.source = source;
    this.process = process;
    this.thread = new Thread(this::feed, "conitrack-backup archive to pg_restore");
    thread.setDaemon(true);
  }

  static ArchiveFeeder start(InputStream source, ToolProcess process) {
    ArchiveFeeder feeder = new ArchiveFeeder(source, process);
    feeder.thread.start();
    return feeder;
  }

  private void feed() {
    try {
      byte[] buffer = new byte[BUFFER_BYTES];
      boolean wanted = true;
      for (int read = source.read(buffer); read >= 0 && !closed; read = source.read(buffer)) {
        wanted = wanted && hand(buffer, read);
        leftOver |= !wanted;
      }
    } catch (IOException | RuntimeException e) {
      sourceFailure = e;
      process.kill();
    } finally {
      closeInput();
    }
  }

  /** Whether the tool took them; it closes its input when it has read enough, or has failed. */
  private boolean hand(byte[] bytes, int length) {
    try {
      OutputStream input = process.stdin();
      input.write(bytes, 0, length);
      input.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void closeInput() {
    try {
      process.stdin().close();
    } catch (IOException e) {
      // The tool has closed it before.
    }
  }

  /** Whether the tool ended its reading before the archive's end. */
  boolean hasLeftOver() {
    return leftOver;
  }

  /** Throws what reading the archive threw, as it was. */
  void throwIfSourceFailed() throws IOException {
    Exception failure = sourceFailure;
    if (failure instanceof IOException known) {
      throw known;
    }
    if (failure instanceof RuntimeException known) {
      throw known;
    }
  }

  /** Waits until the archive has been read; an interrupt meanwhile is kept for later. */
  void awaitEnd() {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        closed = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops, and closes the source. */
  void close() throws IOException {
    closed = true;
    awaitEnd();
    source.close();
  }
}
