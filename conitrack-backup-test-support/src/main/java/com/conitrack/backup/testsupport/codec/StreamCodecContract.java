package com.conitrack.backup.testsupport.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.port.StreamCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
public abstract class StreamCodecContract extends StreamDamageContract {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 65_535, 65_536, 65_537, 1_000_000})
  final void noiseComesBack(int length) throws IOException {
    assertComesBack(SampleBytes.random(length));
  }

  @Test
  final void twentyMegabytesComeBackSmaller() throws IOException {
    byte[] plain = SampleBytes.sql(20_000_000);
    byte[] encoded = encodeWhole(plain);
    assertThat(decodeWhole(encoded)).isEqualTo(plain);
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
    assertThat(decodeWhole(sink.bytes())).isEqualTo(plain);
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
    byte[] encoded = encodeWhole(SampleBytes.random(5_000_000));
    assertThat(decodeWhole(encoded)).hasSize(5_000_000);
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
    Path encoded = Files.write(directory.resolve("dump" + codec().extension()), encodeWhole(plain));
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
            "'%s' failed: %s; if it is not installed, run bin/install-prerequisites --tests",
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

  private void assertComesBack(byte[] plain) throws IOException {
    assertThat(decodeWhole(encodeWhole(plain))).isEqualTo(plain);
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
}
