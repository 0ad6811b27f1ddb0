package com.conitrack.backup.testsupport.storage;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads what is below, with faults. */
final class FaultyStream extends FilterInputStream {
  private final List<Fault> faults;
  private long position;

  /** What {@code below} reads begins {@code offset} bytes into the object. */
  FaultyStream(InputStream below, List<Fault> faults, long offset) {
    super(below);
    this.faults = faults;
    this.position = offset;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int allowed = (int) Math.min(length, bytesUntilEnd());
    if (allowed == 0) {
      return -1;
    }
    int read = super.read(target, offset, allowed);
    damage(target, offset, read);
    position += Math.max(0, read);
    return read;
  }

  @Override
  public long skip(long bytes) throws IOException {
    long left = bytes;
    byte[] ignored = new byte[8192];
    for (int read = 0; left > 0 && read >= 0; left -= Math.max(0, read)) {
      read = read(ignored, 0, (int) Math.min(left, ignored.length));
    }
    return bytes - left;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void damage(byte[] target, int offset, int read) {
    for (Fault fault : faults) {
      if (fault instanceof Fault.FlipBit flip && isAmong(flip.offset(), read)) {
        target[offset + (int) (flip.offset() - position)] ^= 1;
      } else if (fault instanceof Fault.OverwriteByte other && isAmong(other.offset(), read)) {
        target[offset + (int) (other.offset() - position)] = (byte) other.value();
      }
    }
  }

  private boolean isAmong(long at, int read) {
    return at >= position && at < position + read;
  }

  /** Zero where a truncation is due. */
  private long bytesUntilEnd() throws IOException {
    long left = Long.MAX_VALUE;
    for (Fault fault : faults) {
      if (fault instanceof Fault.FailReadAfter fail) {
        left = Math.min(left, fail.bytes() - position);
        if (position >= fail.bytes()) {
          throw new IOException("this failure was asked for by a test");
        }
      } else if (fault instanceof Fault.TruncateRead cut) {
        left = Math.min(left, Math.max(0, cut.bytes() - position));
      }
    }
    return left;
  }
}
