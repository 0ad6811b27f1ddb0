package com.conitrack.backup.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.port.StreamCodec;
import com.conitrack.backup.testsupport.codec.StreamCodecContract;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZstdCodecTest extends StreamCodecContract {
  @Override
  protected StreamCodec codec() {
    return ZstdCodec.create();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 20})
  void refusesLevelsThatDoNotExist(int level) {
    assertThatThrownBy(() -> ZstdCodec.level(level))
        .isInstanceOf(BackupException.class)
        .hasMessageContaining("hint: choose one from 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 19})
  void everyLevelDecodesAlike(int level) throws IOException {
    byte[] plain = "lote\tAPROBADO\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);
    assertThat(decode(encode(ZstdCodec.level(level), plain))).isEqualTo(plain);
    assertThat(ZstdCodec.level(level).id()).isEqualTo("zstd");
  }

  @Test
  void takesSeveralFramesButNotACutOneAmongThem() throws IOException {
    byte[] first = encode(codec(), "first ".getBytes(StandardCharsets.UTF_8));
    byte[] second = encode(codec(), "second".getBytes(StandardCharsets.UTF_8));
    assertThat(decode(join(first, second))).asString().isEqualTo("first second");
    for (int length = 1; length < second.length; length++) {
      byte[] cut = join(first, Arrays.copyOf(second, length));
      assertThatThrownBy(() -> decode(cut)).isInstanceOf(EOFException.class);
    }
  }

  private static byte[] encode(StreamCodec codec, byte[] plain) throws IOException {
    ByteArrayOutputStream sink = new ByteArrayOutputStream();
    try (OutputStream encoder = codec.encode(sink)) {
      encoder.write(plain);
    }
    return sink.toByteArray();
  }

  private byte[] decode(byte[] coded) throws IOException {
    try (InputStream decoder = codec().decode(new ByteArrayInputStream(coded))) {
      return decoder.readAllBytes();
    }
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
