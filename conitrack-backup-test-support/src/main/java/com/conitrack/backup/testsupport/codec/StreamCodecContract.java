package com.conitrack.backup.testsupport.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.port.StreamCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The promises of {@link StreamCodec}. A codec's test extends this class and supplies the codec; no
 * check can be overridden. The stock tool named by {@link StreamCodec#decodeCommand()} must be
 * installed.
 */
public abstract class StreamCodecContract {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path directory;

  /** The codec under test; the same or an equal one at every call. */
  protected abstract StreamCodec codec();

  /**
   * How the names of the threads start that the codec makes for a stream; they must be gone after
   * its close.
   */
  protected String threadNamePrefix() {
    return "conitrack-";
  }

  // --- what must fail ---

  @Test
  final void everyTruncationOfASmallCodingIsAnError() throws IOException {
    byte[] encoded = encode(SampleBytes.sql(3_000));
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
      byte[] encoded = encode(plain);
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
    byte[] encoded = encode(plain);
    for (int bit = 0; bit < encoded.length * 8; bit++) {
      assertDamageIsNoticed(plain, encoded, bit);
    }
  }

  @Test
  final void aFlippedBitInALargeCodingNeverYieldsOtherBytes() throws IOException {
    byte[] plain = SampleBytes.sql(2_000_000);
    byte[] encoded = encode(plain);
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
    byte[] encoded = encode(SampleBytes.random(500_000));
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

  // --- what must work ---

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 65_535, 65_536, 65_537, 1_000_000})
  final void noiseComesBack(int length) throws IOException {
    assertComesBack(SampleBytes.random(length));
  }

  @Test
  final void twentyMegabytesComeBackSmaller() throws IOException {
    byte[] plain = SampleBytes.sql(20_000_000);
    byte[] encoded = encode(plain);
    assertThat(decode(encoded)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 4_096, 300_000})
  final void theSizeOfThePiecesDoesNotMatter(int piece) throws IOException {
    byte[] plain = SampleBytes.sql(700_000);
    RecordingSink sink = new RecordingSink();
    writeInPieces(codec().encode(sink), plain, piece);
    InputStream source = new AwkwardSource(sink.bytes(), piece, false);
    assertThat(readInPieces(source, piece)).isEqualTo(plain);
  }

  @Test
  final void singleBytesAndEmptyRangesAreTaken() throws IOException {
    RecordingSink sink = new RecordingSink();
    try (OutputStream encoder = codec().encode(sink)) {
      encoder.write(new byte[0]);
      encoder.write(200);
      encoder.write(new byte[] {1, 2, 3, 4}, 1, 2);
      encoder.write(new byte[3], 3, 0);
    }
    try (InputStream decoder = codec().decode(new ByteArrayInputStream(sink.bytes()))) {
      assertThat(decoder.read()).isEqualTo(200);
      assertThat(decoder.read(new byte[5], 2, 0)).isZero();
      assertThat(decoder.read()).isEqualTo(2);
      assertThat(decoder.read()).isEqualTo(3);
      assertThat(decoder.read()).isEqualTo(-1);
      assertThat(decoder.read(new byte[5])).isEqualTo(-1);
    }
  }

  @Test
  final void theCallerMayReuseItsArray() throws IOException {
    byte[] plain = SampleBytes.random(2_000_000);
    RecordingSink sink = new RecordingSink();
    byte[] array = new byte[10_000];
    try (OutputStream encoder = codec().encode(sink)) {
      for (int offset = 0; offset < plain.length; offset += array.length) {
        System.arraycopy(plain, offset, array, 0, array.length);
        encoder.write(array);
        Arrays.fill(array, (byte) 0);
      }
    }
    assertThat(decode(sink.bytes())).isEqualTo(plain);
  }

  @Test
  final void closingClosesWhatIsBelow() throws IOException {
    RecordingSink sink = new RecordingSink();
    codec().encode(sink).close();
    assertThat(sink.isClosed()).isTrue();

    AwkwardSource source = new AwkwardSource(sink.bytes(), 100, false);
    codec().decode(source).close();
    assertThat(source.isClosed()).isTrue();
  }

  @Test
  final void closedStreamsLeaveNoThreads() throws IOException {
    awaitNoThreads();
    byte[] encoded = encode(SampleBytes.random(5_000_000));
    assertThat(decode(encoded)).hasSize(5_000_000);
    codec().encode(new RecordingSink()).close();
    codec().decode(new ByteArrayInputStream(encoded)).close();
    awaitNoThreads();
  }

  @Test
  final void oneInstanceServesManyThreads() throws Exception {
    StreamCodec shared = codec();
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      byte[] plain = SampleBytes.sql(200_000 + 50_000 * i);
      tasks.add(
          () -> {
            RecordingSink sink = new RecordingSink();
            writeInPieces(shared.encode(sink), plain, 10_000);
            try (InputStream decoder = shared.decode(new ByteArrayInputStream(sink.bytes()))) {
              return Arrays.equals(decoder.readAllBytes(), plain);
            }
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Boolean> result : threads.invokeAll(tasks)) {
        assertThat(result.get()).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1_000_000, 20_000_000})
  final void theStockToolDecodesIt(int length) throws Exception {
    byte[] plain = SampleBytes.sql(length);
    Path encoded = Files.write(directory.resolve("dump" + codec().extension()), encode(plain));
    Path decoded = directory.resolve("dump");
    Path messages = directory.resolve("messages");
    Process tool =
        new ProcessBuilder("sh", "-c", codec().decodeCommand())
            .redirectInput(encoded.toFile())
            .redirectOutput(decoded.toFile())
            .redirectError(messages.toFile())
            .start();
    assertThat(tool.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(tool.exitValue())
        .as(
            "'%s' failed: %s; if it is not installed, run bin/install-prerequisites",
            codec().decodeCommand(), Files.readString(messages))
        .isZero();
    assertThat(Files.readAllBytes(decoded)).isEqualTo(plain);
  }

  @Test
  final void itsNamesAreFitForManifestsAndFiles() {
    assertThat(codec().id()).matches("[a-z][a-z0-9-]*");
    assertThat(codec().extension()).matches("\\.[a-z0-9]+");
    assertThat(codec().decodeCommand()).isNotBlank();
  }

  // --- tools ---

  private void assertComesBack(byte[] plain) throws IOException {
    assertThat(decode(encode(plain))).isEqualTo(plain);
  }

  private void assertDecodingFails(byte[] damaged, String how) {
    assertThatThrownBy(() -> decode(damaged)).as(how).isInstanceOf(IOException.class);
  }

  private void assertDamageIsNoticed(byte[] plain, byte[] encoded, int bit) {
    byte[] damaged = encoded.clone();
    damaged[bit / 8] ^= (byte) (1 << bit % 8);
    try {
      assertThat(Arrays.equals(decode(damaged), plain))
          .as("bit %d of %d flipped: no error, so the bytes must be the same", bit, encoded.length)
          .isTrue();
    } catch (IOException expected) {
      assertThat(expected).isNotNull();
    }
  }

  private byte[] encode(byte[] plain) throws IOException {
    RecordingSink sink = new RecordingSink();
    try (OutputStream encoder = codec().encode(sink)) {
      encoder.write(plain);
    }
    return sink.bytes();
  }

  private byte[] decode(byte[] encoded) throws IOException {
    return readAll(new ByteArrayInputStream(encoded));
  }

  private byte[] readAll(InputStream source) throws IOException {
    try (InputStream decoder = codec().decode(source)) {
      return decoder.readAllBytes();
    }
  }

  private byte[] readInPieces(InputStream source, int piece) throws IOException {
    RecordingSink plain = new RecordingSink();
    byte[] array = new byte[piece];
    try (InputStream decoder = codec().decode(source)) {
      for (int read = decoder.read(array); read >= 0; read = decoder.read(array)) {
        plain.write(array, 0, read);
      }
    }
    return plain.bytes();
  }

  private static void writeInPieces(OutputStream encoder, byte[] plain, int piece)
      throws IOException {
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

  private void awaitNoThreads() {
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
