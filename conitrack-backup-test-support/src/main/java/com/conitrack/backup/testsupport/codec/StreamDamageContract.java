package com.conitrack.backup.testsupport.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.port.StreamCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How damage and failures must show; part of {@link StreamCodecContract}. */
abstract class StreamDamageContract {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The codec under test; the same or an equal one at every call. */
  protected abstract StreamCodec codec();

  /**
   * How the names of the threads start that the codec makes for a stream; they must be gone after
   * its close.
   */
  protected String threadNamePrefix() {
    return "conitrack-";
  }

  @Test
  final void everyTruncationOfASmallCodingIsAnError() throws IOException {
    byte[] encoded = encodeWhole(SampleBytes.sql(3_000));
    for (int length = 0; length < encoded.length; length++) {
      assertDecodingFails(Arrays.copyOf(encoded, length), "cut to " + length);
    }
  }

  @Test
  final void aTruncationWhereTheCodecPausedIsAnError() throws IOException {
    RecordingSink sink = new RecordingSink();
    writeInPieces(codec().encode(sink), SampleBytes.random(3_000_000), 100_000);
    byte[] encoded = sink.bytes();
    for (int boundary : sink.writeBoundaries(50)) {
      for (int length = boundary - 1; length <= boundary + 1 && length < encoded.length; length++) {
        assertDecodingFails(Arrays.copyOf(encoded, Math.max(0, length)), "cut to " + length);
      }
    }
  }

  @Test
  final void aCodingThatWasNotClosedCannotBeDecoded() throws IOException {
    for (int written : new int[] {0, 1, 100_000, 3_000_000}) {
      RecordingSink sink = new RecordingSink();
      try (OutputStream encoder = codec().encode(sink)) {
        encoder.write(SampleBytes.sql(written));
        encoder.flush();
        assertDecodingFails(sink.bytes(), "not closed after " + written + " bytes");
      }
    }
  }

  @Test
  final void bytesAfterTheEndAreAnError() throws IOException {
    for (byte[] plain : List.of(new byte[0], SampleBytes.sql(200_000))) {
      byte[] encoded = encodeWhole(plain);
      assertDecodingFails(append(encoded, new byte[] {'x'}), "one byte after the end");
      assertDecodingFails(append(encoded, new byte[1_000]), "zeros after the end");
      assertDecodingFails(append(encoded, SampleBytes.random(100_000)), "noise after the end");
      for (int length = 1; length < Math.min(encoded.length, 20); length++) {
        byte[] start = Arrays.copyOf(encoded, length);
        assertDecodingFails(append(encoded, start), length + " bytes of another coding");
      }
    }
  }

  @Test
  final void foreignBytesAreAnError() {
    assertDecodingFails(SampleBytes.sql(10_000), "not coded at all");
    assertDecodingFails(SampleBytes.random(10_000), "noise");
    assertDecodingFails(new byte[10_000], "zeros");
  }

  @Test
  final void aFlippedBitNeverYieldsOtherBytes() throws IOException {
    byte[] plain = SampleBytes.sql(2_000);
    byte[] encoded = encodeWhole(plain);
    for (int bit = 0; bit < encoded.length * 8; bit++) {
      assertDamageIsNoticed(plain, encoded, bit);
    }
  }

  @Test
  final void aFlippedBitInALargeCodingNeverYieldsOtherBytes() throws IOException {
    byte[] plain = SampleBytes.sql(2_000_000);
    byte[] encoded = encodeWhole(plain);
    long bits = encoded.length * 8L;
    for (int i = 0; i < 40; i++) {
      assertDamageIsNoticed(plain, encoded, (int) (bits * i / 40));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000, 1_500_000})
  final void aSinkThatFailsIsToldAtTheLatestOnClose(int capacity) throws IOException {
    RecordingSink sink = new RecordingSink(capacity);
    assertThatThrownBy(
            () -> writeInPieces(codec().encode(sink), SampleBytes.random(6_000_000), 50_000))
        .isInstanceOf(IOException.class)
        .hasStackTraceContaining(RecordingSink.FULL);
    assertThat(sink.bytes()).hasSizeLessThanOrEqualTo(capacity);
    assertThat(sink.isClosed()).as("the sink is closed").isTrue();
    awaitNoThreads();
  }

  @Test
  final void aSourceThatFailsIsNotTakenForTheEnd() throws IOException {
    byte[] encoded = encodeWhole(SampleBytes.random(500_000));
    for (int length : new int[] {0, 5, 1_000, encoded.length - 1, encoded.length}) {
      InputStream source = new AwkwardSource(Arrays.copyOf(encoded, length), 10_000, true);
      assertThatThrownBy(() -> readAll(source))
          .isInstanceOf(IOException.class)
          .hasStackTraceContaining(AwkwardSource.BROKEN);
    }
  }

  @Test
  final void aClosedEncoderTakesNoMore() throws IOException {
    RecordingSink sink = new RecordingSink();
    OutputStream encoder = codec().encode(sink);
    encoder.close();
    byte[] encoded = sink.bytes();
    assertThatThrownBy(() -> encoder.write(1)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> encoder.write(new byte[10])).isInstanceOf(IOException.class);
    encoder.close();
    assertThat(sink.bytes()).isEqualTo(encoded);
  }

  private void assertDecodingFails(byte[] damaged, String how) {
    assertThatThrownBy(() -> decodeWhole(damaged)).as(how).isInstanceOf(IOException.class);
  }

  private void assertDamageIsNoticed(byte[] plain, byte[] encoded, int bit) {
    byte[] damaged = encoded.clone();
    damaged[bit / 8] ^= (byte) (1 << bit % 8);
    try {
      assertThat(Arrays.equals(decodeWhole(damaged), plain))
          .as("bit %d of %d flipped: no error, so the bytes must be the same", bit, encoded.length)
          .isTrue();
    } catch (IOException expected) {
      assertThat(expected).isNotNull();
    }
  }

  final byte[] encodeWhole(byte[] plain) throws IOException {
    RecordingSink sink = new RecordingSink();
    try (OutputStream encoder = codec().encode(sink)) {
      encoder.write(plain);
    }
    return sink.bytes();
  }

  final byte[] decodeWhole(byte[] encoded) throws IOException {
    return readAll(new ByteArrayInputStream(encoded));
  }

  private byte[] readAll(InputStream source) throws IOException {
    try (InputStream decoder = codec().decode(source)) {
      return decoder.readAllBytes();
    }
  }

  static void writeInPieces(OutputStream encoder, byte[] plain, int piece) throws IOException {
    try (encoder) {
      for (int offset = 0; offset < plain.length; offset += piece) {
        encoder.write(plain, offset, Math.min(piece, plain.length - offset));
      }
    }
  }

  private static byte[] append(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  final void awaitNoThreads() {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!codecThreads().isEmpty() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(codecThreads()).as("threads left behind").isEmpty();
  }

  private List<String> codecThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(threadNamePrefix()))
        .toList();
  }
}
