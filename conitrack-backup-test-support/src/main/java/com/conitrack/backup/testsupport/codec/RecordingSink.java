package com.conitrack.backup.testsupport.codec;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is written to it, up to a capacity, past which it fails. */
final class RecordingSink extends OutputStream {
  static final String FULL = "this sink is full";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<Integer> boundaries = new ArrayList<>();
  private final int capacity;
  private boolean closed;

  RecordingSink() {
    this(Integer.MAX_VALUE);
  }

  RecordingSink(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public synchronized void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] source, int offset, int length) throws IOException {
    if (length > capacity - bytes.size()) {
      throw new IOException(FULL);
    }
    bytes.write(source, offset, length);
    boundaries.add(bytes.size());
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  synchronized byte[] bytes() {
    return bytes.toByteArray();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Where writes ended, the very last one excepted; at most about {@code most} of them. */
  synchronized List<Integer> writeBoundaries(int most) {
    List<Integer> inner = boundaries.stream().filter(b -> b < bytes.size()).distinct().toList();
    int step = inner.size() / most + 1;
    List<Integer> sample = new ArrayList<>();
    for (int i = 0; i < inner.size(); i += step) {
      sample.add(inner.get(i));
    }
    for (int i = Math.max(0, inner.size() - 5); i < inner.size(); i++) {
      sample.add(inner.get(i));
    }
    return sample;
  }
}
