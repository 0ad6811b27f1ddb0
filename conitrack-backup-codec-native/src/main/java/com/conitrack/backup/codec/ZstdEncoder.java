package com.conitrack.backup.codec;

import com.github.luben.zstd.EndDirective;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Writes one zstd frame. Unlike the library's own stream, it writes a frame for no bytes too,
 * closes what is below after a failure, and does not write to it again then.
 */
final class ZstdEncoder extends OutputStream {
  private final OutputStream sink;
  private final ZstdCompressCtx context;
  private final ByteBuffer plain = Buffers.take();
  private final ByteBuffer coded = Buffers.take();
  private final byte[] carried = new byte[Buffers.BYTES];
  private boolean failed;
  private boolean closed;

  ZstdEncoder(OutputStream sink, int level, int workers) {
    this.sink = sink;
    this.context = new ZstdCompressCtx();
    context.setLevel(level).setChecksum(true).setWorkers(workers);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    requireOpen();
    int end = offset + length;
    for (int from = offset; from < end; ) {
      int count = Math.min(plain.remaining(), end - from);
      plain.put(bytes, from, count);
      from += count;
      if (!plain.hasRemaining()) {
        compress(EndDirective.CONTINUE);
      }
    }
  }

  @Override
  public void flush() throws IOException {
    requireOpen();
    compress(EndDirective.FLUSH);
    sink.flush();
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (sink;
        context) {
      if (!failed) {
        compress(EndDirective.END);
      }
    } finally {
      Buffers.giveBack(plain);
      Buffers.giveBack(coded);
    }
  }

  /** Hands over what was written so far; for FLUSH and END until nothing is left inside. */
  private void compress(EndDirective directive) throws IOException {
    failed = true;
    plain.flip();
    boolean done;
    do {
      done = step(directive);
    } while (directive == EndDirective.CONTINUE ? plain.hasRemaining() : !done);
    plain.clear();
    failed = false;
  }

  private boolean step(EndDirective directive) throws IOException {
    coded.clear();
    try {
      return context.compressDirectByteBufferStream(coded, plain, directive);
    } catch (ZstdException e) {
      throw new IOException("unable to compress with zstd: " + e.getMessage(), e);
    } finally {
      drain();
    }
  }

  private void drain() throws IOException {
    int count = coded.flip().remaining();
    coded.get(carried, 0, count);
    if (count > 0) {
      sink.write(carried, 0, count);
    }
  }

  private void requireOpen() throws IOException {
    if (closed || failed) {
      throw new IOException(closed ? "the zstd encoder is closed" : "the zstd encoder has failed");
    }
  }
}
