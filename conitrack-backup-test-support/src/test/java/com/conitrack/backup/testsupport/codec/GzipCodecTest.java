package com.conitrack.backup.testsupport.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.conitrack.backup.core.codec.GzipCodec;
import com.conitrack.backup.core.port.StreamCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Lives here and not in the core, whose tests cannot see the contracts. */
class GzipCodecTest extends StreamCodecContract {
  @Override
  protected StreamCodec codec() {
    return GzipCodec.level(6);
  }

  @Test
  void decodesWhatOtherToolsWrite() throws IOException {
    byte[] plain = SampleBytes.sql(300_000);
    ByteArrayOutputStream foreign = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(foreign)) {
      gzip.write(plain);
    }

    assertThat(decode(foreign.toByteArray())).isEqualTo(plain);
  }

  @Test
  void decodesHeadersWithNameCommentAndExtraField() throws IOException {
    byte[] member = encode(GzipCodec.fast(), "hola\n".getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream dressed = new ByteArrayOutputStream();
    dressed.write(new byte[] {0x1f, (byte) 0x8b, 8, 2 | 4 | 8 | 16, 0, 0, 0, 0, 0, 3});
    dressed.write(new byte[] {7, 0, 65, 66, 3, 0, 1, 2, 3});
    dressed.write("backup.sql\0a comment\0".getBytes(StandardCharsets.US_ASCII));
    dressed.write(new byte[] {0, 0});
    dressed.write(member, 20, member.length - 20);

    assertThat(decode(dressed.toByteArray())).asString().isEqualTo("hola\n");
  }

  @Test
  void equalBytesGiveEqualFiles() throws IOException {
    byte[] plain = SampleBytes.sql(2_000_000);

    assertThat(encode(GzipCodec.fast(), plain)).isEqualTo(encode(GzipCodec.fast(), plain));
  }

  @Test
  void refusesLevelsThatDoNotExist() {
    assertThatIllegalArgumentException().isThrownBy(() -> GzipCodec.level(0));
    assertThatIllegalArgumentException().isThrownBy(() -> GzipCodec.level(10));
  }

  private static byte[] encode(GzipCodec codec, byte[] plain) throws IOException {
    ByteArrayOutputStream coded = new ByteArrayOutputStream();
    try (OutputStream out = codec.encode(coded)) {
      out.write(plain);
    }
    return coded.toByteArray();
  }

  private static byte[] decode(byte[] coded) throws IOException {
    try (InputStream in = GzipCodec.fast().decode(new ByteArrayInputStream(coded))) {
      return in.readAllBytes();
    }
  }
}
