package com.conitrack.backup.core.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * One gzip member (RFC 1952, 2.3): the buffers and the compressor for it, reused from block to
 * block.
 */
final class GzipBlock {
  static final int PLAIN_BYTES = 256 * 1024;

  /** Identifies our extra field (RFC 1952, 2.3.1.1); see {@link GzipCodec}. */
  static final byte FIELD_ID_1 = 'C';

  static final byte FIELD_ID_2 = 'B';

  /** The last member: an empty one, without the extra field that says another follows. */
  static final byte[] END = {
    0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private static final int FLAG_EXTRA = 4;
  private static final int SIZE_POSITION = 16;
  private static final int HEADER_BYTES = 20;
  private static final int TRAILER_BYTES = 8;
  private static final int BEST_COMPRESSION_FLAG = 2;
  private static final int FASTEST_FLAG = 4;
  private static final int UNKNOWN_SYSTEM = 255;

  private final byte[] plain = new byte[PLAIN_BYTES];
  private final Deflater deflater;
  private final CRC32 crc = new CRC32();
  private int plainBytes;
  private byte[] member;
  private int memberBytes;

  GzipBlock(int level) {
    this.deflater = new Deflater(level, true);
    this.member = new byte[HEADER_BYTES + PLAIN_BYTES + 1024 + TRAILER_BYTES];
    writeHeader(level);
  }

  private void writeHeader(int level) {
    int flag = level == 9 ? BEST_COMPRESSION_FLAG : level == 1 ? FASTEST_FLAG : 0;
    // No modification time: equal dumps give equal files.
    byte[] fixed = {
      0x1f,
      (byte) 0x8b,
      8,
      FLAG_EXTRA,
      0,
      0,
      0,
      0,
      (byte) flag,
      (byte) UNKNOWN_SYSTEM,
      8,
      0,
      FIELD_ID_1,
      FIELD_ID_2,
      4,
      0
    };
    System.arraycopy(fixed, 0, member, 0, fixed.length);
  }

  /** Takes as many of the bytes as there is room for; returns how many. */
  int fill(byte[] bytes, int offset, int length) {
    int taken = Math.min(length, PLAIN_BYTES - plainBytes);
    System.arraycopy(bytes, offset, plain, plainBytes, taken);
    plainBytes += taken;
    return taken;
  }

  boolean isFull() {
    return plainBytes == PLAIN_BYTES;
  }

  boolean isEmpty() {
    return plainBytes == 0;
  }

  /** Makes the member out of what was filled in. */
  GzipBlock compress() {
    deflater.reset();
    deflater.setInput(plain, 0, plainBytes);
    deflater.finish();
    int end = HEADER_BYTES;
    while (!deflater.finished()) {
      if (end + TRAILER_BYTES >= member.length) {
        member = Arrays.copyOf(member, member.length * 2);
      }
      end += deflater.deflate(member, end, member.length - TRAILER_BYTES - end);
    }
    crc.reset();
    crc.update(plain, 0, plainBytes);
    ByteBuffer.wrap(member, end, TRAILER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt((int) crc.getValue())
        .putInt(plainBytes);
    memberBytes = end + TRAILER_BYTES;
    ByteBuffer.wrap(member).order(ByteOrder.LITTLE_ENDIAN).putInt(SIZE_POSITION, memberBytes);
    return this;
  }

  /** Writes the member and makes room for the next. */
  void writeTo(OutputStream sink) throws IOException {
    sink.write(member, 0, memberBytes);
    plainBytes = 0;
  }

  /** Frees the compressor's native memory. */
  void release() {
    deflater.end();
  }
}
