package com.conitrack.backup.core.setup;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object and, where reading breaks off, opens it again at the byte reached. Whether the
 * parts belong together is not known here: whoever reads compares a digest of the whole. Belongs to
 * one thread.
 */
final class ResumingInputStream extends InputStream {
  /** Failures that may pass by themselves. */
  private static final Set<ErrorKind> PASSING =
      Set.of(ErrorKind.CONNECTION, ErrorKind.TIMEOUT, ErrorKind.IO);

  private final BackupStorage storage;
  private final String key;
  private final ReadPatience patience;
  private final Consumer<Resumption> listener;
  private InputStream in;
  private long position;
  private int attempts;
  private @Nullable Resumption resumption;
  private @Nullable IOException end;

  /**
   * @param offset where the first stream begins, which is opened at once
   * @throws StorageException if it cannot be opened: only what has begun is resumed
   */
  ResumingInputStream(
      BackupStorage storage,
      String key,
      long offset,
      ReadPatience patience,
      Consumer<Resumption> listener) {
    this.storage = storage;
    this.key = key;
    this.patience = patience;
    this.listener = listener;
    this.in = storage.open(key, offset);
    this.position = offset;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (end == null) {
      try {
        int read = in.read(into, offset, length);
        if (read > 0) {
          position += read;
          attempts = 0;
        }
        tellOfResumption();
        return read;
      } catch (IOException | StorageException e) {
        resume(e);
      }
    }
    throw new IOException(end.getMessage(), end.getCause());
  }

  @Override
  public void close() throws IOException {
    end = new IOException("the stream of '" + key + "' is closed");
    in.close();
  }

  private void resume(Exception broken) throws IOException {
    closeQuietly();
    Exception last = broken;
    while (mayPass(last) && attempts < patience.attempts()) {
      attempts++;
      try {
        patience.pause().pause(patience.pauseBefore(attempts));
        in = storage.open(key, position);
        resumption =
            new Resumption(
                storage.info().name(), key, position, String.valueOf(broken.getMessage()));
        return;
      } catch (StorageException e) {
        last = e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        last = e;
      }
    }
    IOException failure = brokenOff(last);
    end = failure;
    throw failure;
  }

  /** An object opened again is not yet one that gives its bytes. */
  private void tellOfResumption() {
    Resumption now = resumption;
    if (now != null) {
      resumption = null;
      listener.accept(now);
    }
  }

  /** Whether a failure may pass by itself, and this thread may wait for that. */
  static boolean mayPass(Exception failure) {
    if (Thread.currentThread().isInterrupted() || failure instanceof InterruptedException) {
      return false;
    }
    StorageException told =
        failure instanceof StorageException storage
            ? storage
            : failure.getCause() instanceof StorageException cause ? cause : null;
    return told == null || PASSING.contains(told.kind());
  }

  private IOException brokenOff(Exception last) {
    Throwable cause = last.getCause() instanceof StorageException told ? told : last;
    String tried = attempts == 0 ? "" : " and could not be resumed in " + attempts + " attempts";
    return new IOException(
        "reading broke off at byte " + position + tried + ": " + last.getMessage(), cause);
  }

  private void closeQuietly() {
    try {
      in.close();
    } catch (IOException e) {
      // It has failed already, and that is what is told.
    }
  }
}
