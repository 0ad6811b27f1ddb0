package com.conitrack.backup.core.codec;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Cuts what is written into blocks, has workers compress them, and writes the members in order. The
 * writing thread does the writing to the sink too, whenever the oldest block is done; it waits only
 * when all blocks are under way.
 */
final class GzipEncoder extends OutputStream {
  private static final AtomicInteger THREADS = new AtomicInteger();

  private final OutputStream sink;
  private final int level;
  private final int blocksAtMost;
  private final ExecutorService workers;
  private final ArrayDeque<GzipBlock> idle = new ArrayDeque<>();
  private final ArrayDeque<Future<GzipBlock>> underWay = new ArrayDeque<>();
  private GzipBlock filling;
  private boolean closed;

  GzipEncoder(OutputStream sink, int level, int workers) {
    this.sink = sink;
    this.level = level;
    this.blocksAtMost = 2 * workers;
    this.workers = Executors.newFixedThreadPool(workers, GzipEncoder::newThread);
    this.filling = new GzipBlock(level);
  }

  private static Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "conitrack-gzip-" + THREADS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the gzip stream is closed");
    }
    int from = offset;
    int left = length;
    while (left > 0) {
      int taken = filling.fill(bytes, from, left);
      from += taken;
      left -= taken;
      if (filling.isFull()) {
        submit();
      }
    }
  }

  private void submit() throws IOException {
    GzipBlock block = filling;
    underWay.add(workers.submit(() -> block.compress()));
    while (!underWay.isEmpty()
        && (underWay.size() >= blocksAtMost || underWay.element().isDone())) {
      writeOldest();
    }
    GzipBlock next = idle.poll();
    filling = next != null ? next : new GzipBlock(level);
  }

  private void writeOldest() throws IOException {
    GzipBlock block = await(underWay.remove());
    block.writeTo(sink);
    idle.add(block);
  }

  private static GzipBlock await(Future<GzipBlock> compressed) throws IOException {
    try {
      return compressed.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while compressing");
    } catch (ExecutionException e) {
      throw new IOException("unable to compress: " + e.getCause(), e.getCause());
    }
  }

  /** Hands complete members on; a block being filled stays, since a flush must not cut it short. */
  @Override
  public void flush() throws IOException {
    writeAllUnderWay();
    sink.flush();
  }

  private void writeAllUnderWay() throws IOException {
    while (!underWay.isEmpty()) {
      writeOldest();
    }
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      complete();
    } catch (IOException | RuntimeException e) {
      closeSinkAfter(e);
      throw e;
    } finally {
      release();
    }
    sink.close();
  }

  private void complete() throws IOException {
    if (!filling.isEmpty()) {
      submit();
    }
    writeAllUnderWay();
    sink.write(GzipBlock.END);
    sink.flush();
  }

  private void closeSinkAfter(Exception failure) {
    try {
      sink.close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private void release() {
    workers.shutdownNow();
    // Blocks still under way after a failure free their native memory when their worker is done.
    underWay.forEach(future -> future.cancel(true));
    idle.forEach(GzipBlock::release);
    filling.release();
  }
}
