package com.conitrack.backup.testsupport.codec;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Bytes to code, the same at every run. */
final class SampleBytes {
  private SampleBytes() {}

  /** Bytes that cannot be compressed. */
  static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** The first bytes of something like a dump. */
  static byte[] sql(int length) {
    Random random = new Random(length);
    StringBuilder text = new StringBuilder(length + 100);
    while (text.length() < length) {
      text.append(random.nextInt(1_000_000)).append("\tLote-").append(random.nextInt(500));
      text.append("\tAPROBADO\t2026-01-06 03:00:00+00\t\\N\n");
    }
    return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
  }
}
