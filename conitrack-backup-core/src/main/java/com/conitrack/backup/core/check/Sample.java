package com.conitrack.backup.core.check;

import java.util.Random;

/** Bytes that do not compress, the same for the same seed, any stretch of which can be had. */
final class Sample {
  private static final int PERIOD = (1 << 20) - 3;

  private final byte[] base = new byte[PERIOD];

  Sample(long seed) {
    new Random(seed).nextBytes(base);
  }

  /** Fills {@code into} with the bytes from {@code offset} on. */
  void fill(byte[] into, int length, long offset) {
    for (int i = 0; i < length; i++) {
      long at = offset + i;
      into[i] = (byte) (base[(int) (at % PERIOD)] ^ (at / PERIOD));
    }
  }
}
