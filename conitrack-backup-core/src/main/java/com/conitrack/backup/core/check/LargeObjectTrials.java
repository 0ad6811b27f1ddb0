package com.conitrack.backup.core.check;

import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What one large object can show. Used once; memory stays bounded whatever the size. */
final class LargeObjectTrials {
  private static final int CHUNK = 256 * 1024;
  private static final int RANGE = 64 * 1024;
  private static final int ROUND_TRIPS = 5;
  private static final ObjectAttributes BINARY =
      new ObjectAttributes("application/octet-stream", Map.of());

  private final long size;
  private final Sample sample;
  private Duration up = Duration.ZERO;
  private Duration down = Duration.ZERO;
  private String key = "";

  /**
   * @param size bytes of the large object, more than the adapter sends in one part
   */
  LargeObjectTrials(long size, long seed) {
    this.size = size;
    this.sample = new Sample(seed);
  }

  List<Trial> all() {
    return List.of(
        new Trial(StorageProperty.LARGE_UPLOAD, this::upload),
        new Trial(StorageProperty.RANGED_READ, this::range),
        new Trial(StorageProperty.ABORT, this::abort));
  }

  private Verdict upload(Bench bench) throws IOException {
    key = bench.key("large");
    long started = System.nanoTime();
    Sha256 written;
    StoredObject stored;
    try (Upload upload = bench.storage().begin(key, BINARY)) {
      written = write(upload, size);
      stored = upload.commit();
    }
    up = Duration.ofNanos(System.nanoTime() - started);
    if (stored.bytes() != size || bench.storage().find(key).isEmpty()) {
      return Verdict.failed(
          "of an object of %d bytes it says to have %d".formatted(size, stored.bytes()));
    }
    started = System.nanoTime();
    Sha256 read = read(bench);
    down = Duration.ofNanos(System.nanoTime() - started);
    return read.equals(written)
        ? Verdict.proved("an object of %d bytes comes back byte for byte".formatted(size))
        : Verdict.failed(
            "an object of %d bytes does not come back as it was given".formatted(size));
  }

  private Sha256 write(Upload upload, long bytes) {
    MessageDigest digest = Sha256.newDigest();
    byte[] chunk = new byte[CHUNK];
    for (long offset = 0; offset < bytes; offset += CHUNK) {
      int length = (int) Math.min(CHUNK, bytes - offset);
      sample.fill(chunk, length, offset);
      digest.update(chunk, 0, length);
      upload.write(chunk, 0, length);
    }
    return Sha256.from(digest);
  }

  private Sha256 read(Bench bench) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    byte[] chunk = new byte[CHUNK];
    try (InputStream object = bench.storage().open(key)) {
      for (int length = object.read(chunk); length >= 0; length = object.read(chunk)) {
        digest.update(chunk, 0, length);
      }
    }
    return Sha256.from(digest);
  }

  private Verdict range(Bench bench) throws IOException {
    for (long offset : new long[] {size / 2 + 1, size - 1, size}) {
      int length = (int) Math.min(RANGE, size - offset);
      byte[] expected = new byte[length];
      sample.fill(expected, length, offset);
      try (InputStream rest = bench.storage().open(key, offset)) {
        if (!Arrays.equals(rest.readNBytes(length), expected)) {
          return Verdict.failed("reading from byte %d on gives other bytes".formatted(offset));
        }
        if (length < RANGE && rest.read() >= 0) {
          return Verdict.failed("reading from byte %d on goes past the end".formatted(offset));
        }
      }
    }
    return Verdict.proved("reading from any byte on gives what lies there");
  }

  private Verdict abort(Bench bench) {
    String given = bench.key("aborted");
    try (Upload upload = bench.storage().begin(given, BINARY)) {
      write(upload, size);
    }
    if (bench.isVisible(given)) {
      return Verdict.failed("an upload that was given up is to be seen");
    }
    byte[] bytes = Bench.bytesFor(given);
    bench.put(given, bytes);
    return Arrays.equals(bench.get(given), bytes)
        ? Verdict.proved(
            "an upload of %d bytes, given up, leaves nothing to be seen".formatted(size))
        : Verdict.failed("after an upload was given up its key gives other bytes than written");
  }

  /** To be asked for last. */
  Verdict speed(Bench bench) {
    String small = bench.key("speed");
    bench.put(small, Bench.bytesFor(small));
    long started = System.nanoTime();
    for (int i = 0; i < ROUND_TRIPS; i++) {
      bench.storage().find(small);
    }
    Duration answer = Duration.ofNanos((System.nanoTime() - started) / ROUND_TRIPS);
    return Verdict.proved(
        String.format(
            Locale.ROOT,
            "%s up, %s down, an answer takes %.1f ms",
            rate(up),
            rate(down),
            answer.toNanos() / 1e6));
  }

  private String rate(Duration time) {
    return time.isZero()
        ? "not measured"
        : String.format(Locale.ROOT, "%.1f MB/s", size / 1e6 / (time.toNanos() / 1e9));
  }
}
