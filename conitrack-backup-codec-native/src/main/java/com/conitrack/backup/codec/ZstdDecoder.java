package com.conitrack.backup.codec;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * Reads zstd frames to the end of what is below. Unlike the library's own stream, it takes neither
 * an empty source, nor a cut frame that follows a whole one, nor a few odd bytes at the end for a
 * good coding.
 */
final class ZstdDecoder extends InputStream {
  private final InputStream source;
  private final ZstdDecompressCtx context = new ZstdDecompressCtx();
  private final ByteBuffer coded = Buffers.take().limit(0);
  private final ByteBuffer plain = Buffers.take().limit(0);
  private final byte[] carried = new byte[Buffers.BYTES];
  private boolean betweenFrames;
  private boolean moreInside;
  private boolean failed;
  private boolean closed;

  ZstdDecoder(InputStream source) {
    this.source = source;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, target.length);
    requireOpen();
    if (length == 0) {
      return 0;
    }
    while (!plain.hasRemaining()) {
      if (!decodeMore()) {
        return -1;
      }
    }
    int count = Math.min(length, plain.remaining());
    plain.get(target, offset, count);
    return count;
  }

  @Override
  public int available() {
    return closed ? 0 : plain.remaining();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try (source;
          context) {
        Buffers.giveBack(plain);
        Buffers.giveBack(coded);
      }
    }
  }

  /** Refills the plain bytes, perhaps with none; false at the end. */
  private boolean decodeMore() throws IOException {
    failed = true;
    boolean goesOn = coded.hasRemaining() || moreInside || fill();
    if (goesOn) {
      decompress();
    } else if (!betweenFrames) {
      throw new EOFException("the zstd coding is cut short: its last frame is not complete");
    }
    failed = false;
    return goesOn;
  }

  private boolean fill() throws IOException {
    int count;
    do {
      count = source.read(carried);
    } while (count == 0);
    coded.clear().limit(Math.max(0, count));
    if (count > 0) {
      coded.put(carried, 0, count).flip();
    }
    return count > 0;
  }

  private void decompress() throws IOException {
    plain.clear();
    try {
      betweenFrames = context.decompressDirectByteBufferStream(plain, coded);
    } catch (ZstdException e) {
      throw new IOException("the zstd coding is damaged: " + e.getMessage(), e);
    }
    moreInside = !betweenFrames && !plain.hasRemaining();
    plain.flip();
  }

  private void requireOpen() throws IOException {
    if (closed || failed) {
      throw new IOException(closed ? "the zstd decoder is closed" : "the zstd decoder has failed");
    }
  }
}
