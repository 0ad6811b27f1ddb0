package com.conitrack.backup.core.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntSupplier;

/** Feeds dumps to the readers, cut in many ways, and insists that the cuts make no difference. */
final class Feed {
  private Feed() {}

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] resource(String name) {
    try (InputStream in = Feed.class.getResourceAsStream("/dumps/" + name)) {
      assertThat(in).as("test resource %s", name).isNotNull();
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the inspector finds, the same for every way of cutting that is tried. */
  static DumpFindings inspect(String dump) {
    return inspect(bytes(dump));
  }

  static DumpFindings inspect(byte[] dump) {
    DumpFindings whole = inspect(dump, () -> dump.length);
    assertThat(inspect(dump, () -> 1)).as("byte by byte").isEqualTo(whole);
    for (int seed = 0; seed < 10; seed++) {
      Random random = new Random(seed);
      int most = 1 << (seed + 1);
      assertThat(inspect(dump, () -> 1 + random.nextInt(most)))
          .as("cut at random, seed %s", seed)
          .isEqualTo(whole);
    }
    return whole;
  }

  static DumpFindings inspect(byte[] dump, IntSupplier sizes) {
    DumpInspector inspector = new DumpInspector();
    inPieces(dump, sizes, inspector::accept);
    return inspector.finish();
  }

  /** What the filter lets pass, the same for every way of cutting that is tried. */
  static String filter(String dump) throws IOException {
    return new String(filter(bytes(dump)), StandardCharsets.UTF_8);
  }

  static byte[] filter(byte[] dump) throws IOException {
    byte[] whole = filter(dump, () -> dump.length);
    assertThat(filter(dump, () -> 1)).as("byte by byte").isEqualTo(whole);
    Random random = new Random(1);
    assertThat(filter(dump, () -> 1 + random.nextInt(20))).as("at random").isEqualTo(whole);
    return whole;
  }

  static byte[] filter(byte[] dump, IntSupplier sizes) throws IOException {
    ByteArrayOutputStream passed = new ByteArrayOutputStream();
    RestoreFilter filter = new RestoreFilter(passed);
    inPieces(dump, sizes, filter::accept);
    filter.finish();
    return passed.toByteArray();
  }

  /** Hands pieces over in an array that is overwritten afterwards, as a reader of a stream does. */
  private static <X extends Exception> void inPieces(byte[] dump, IntSupplier sizes, Sink<X> sink)
      throws X {
    int from = 0;
    while (from < dump.length) {
      int size = Math.min(Math.max(1, sizes.getAsInt()), dump.length - from);
      byte[] piece = new byte[size + 6];
      Arrays.fill(piece, (byte) '\\');
      System.arraycopy(dump, from, piece, 3, size);
      sink.accept(piece, 3, size);
      Arrays.fill(piece, (byte) '\'');
      from += size;
    }
  }

  private interface Sink<X extends Exception> {
    void accept(byte[] b, int off, int len) throws X;
  }
}
