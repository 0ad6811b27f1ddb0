package com.conitrack.backup.testsupport.database;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Takes so many bytes and then fails, and remembers how it was treated. */
final class BreakingSink extends OutputStream {
  private final long limit;
  private final @Nullable IOException checked;
  private final @Nullable RuntimeException unchecked;
  private long taken;
  private boolean failed;

  /** How often it was written to after it had failed. */
  volatile int writesAfterFailure;

  /** Whether it was flushed or closed. */
  volatile boolean touched;

  BreakingSink(long limit, @Nullable IOException checked, @Nullable RuntimeException unchecked) {
    this.limit = limit;
    this.checked = checked;
    this.unchecked = unchecked;
  }

  /** What it throws. */
  Throwable failure() {
    return checked != null ? checked : Objects.requireNonNull(unchecked);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    if (failed) {
      writesAfterFailure = writesAfterFailure + 1;
    }
    taken += length;
    if (taken > limit) {
      failed = true;
      throwFailure();
    }
  }

  @Override
  public void flush() {
    touched = true;
  }

  @Override
  public void close() {
    touched = true;
  }

  private void throwFailure() throws IOException {
    if (checked != null) {
      throw checked;
    }
    if (unchecked != null) {
      throw unchecked;
    }
  }
}
