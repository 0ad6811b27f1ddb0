package com.conitrack.backup.storage.r2;

import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * The bytes of one part, in pieces that are made as they are needed and used again: small objects
 * stay small, and no array is so large that the garbage collector has to treat it apart.
 */
final class PartBuffer {
  private static final int PIECE = 256 * 1024;

  private final long capacity;
  private final List<byte[]> pieces = new ArrayList<>();
  private long size;

  PartBuffer(long capacity) {
    this.capacity = capacity;
  }

  /** Takes as many of the bytes as there is room for, and returns how many. */
  int put(byte[] bytes, int offset, int length) {
    int taken = 0;
    while (taken < length && size < capacity) {
      int at = (int) (size % PIECE);
      byte[] piece = pieceFor(size);
      int count = (int) Math.min(Math.min(length - taken, PIECE - at), capacity - size);
      System.arraycopy(bytes, offset + taken, piece, at, count);
      taken += count;
      size += count;
    }
    return taken;
  }

  boolean isFull() {
    return size == capacity;
  }

  long size() {
    return size;
  }

  /** Forgets the bytes and keeps the room. */
  void clear() {
    size = 0;
  }

  /** The bytes, to be sent as often as it takes; valid until the buffer is cleared. */
  RequestBody body() {
    return RequestBody.fromContentProvider(Bytes::new, size, "application/octet-stream");
  }

  /** Their MD5 as the header Content-MD5 has it (RFC 1864). */
  String md5() {
    MessageDigest digest = newMd5();
    for (long from = 0; from < size; from += PIECE) {
      digest.update(pieceFor(from), 0, (int) Math.min(PIECE, size - from));
    }
    return Base64.getEncoder().encodeToString(digest.digest());
  }

  private byte[] pieceFor(long position) {
    int index = (int) (position / PIECE);
    if (index == pieces.size()) {
      pieces.add(new byte[(int) Math.min(PIECE, capacity)]);
    }
    return pieces.get(index);
  }

  private static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  private final class Bytes extends InputStream {
    private long position;

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (length == 0) {
        return 0;
      }
      if (position == size) {
        return -1;
      }
      int at = (int) (position % PIECE);
      int count = (int) Math.min(Math.min(length, PIECE - at), size - position);
      System.arraycopy(pieceFor(position), at, target, offset, count);
      position += count;
      return count;
    }

    @Override
    public int available() {
      return (int) Math.min(Integer.MAX_VALUE, size - position);
    }
  }
}
