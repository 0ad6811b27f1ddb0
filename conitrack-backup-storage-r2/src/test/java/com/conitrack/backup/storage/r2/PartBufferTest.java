package com.conitrack.backup.storage.r2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartBufferTest {
  private static final int PIECE = 256 * 1024;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 1_000_000})
  void givesBackWhatItTook(int length) throws Exception {
    byte[] content = Storages.bytes(length);
    PartBuffer buffer = new PartBuffer(1_000_000);
    for (int offset = 0; offset < length; offset += 70_001) {
      int count = Math.min(70_001, length - offset);
      assertThat(buffer.put(content, offset, count)).isEqualTo(count);
    }
    for (int i = 0; i < 2; i++) {
      assertThat(bytesOf(buffer)).as("as often as it takes").isEqualTo(content);
    }
    byte[] md5 = MessageDigest.getInstance("MD5").digest(content);
    assertThat(buffer.md5()).isEqualTo(Base64.getEncoder().encodeToString(md5));
    assertThat(buffer.body().optionalContentLength()).contains((long) length);
  }

  @Test
  void takesNoMoreThanItHasRoomForAndIsUsedAgain() throws IOException {
    PartBuffer buffer = new PartBuffer(PIECE + 10);
    assertThat(buffer.put(new byte[2 * PIECE], 0, 2 * PIECE)).isEqualTo(PIECE + 10);
    assertThat(buffer.isFull()).isTrue();
    assertThat(buffer.put(new byte[1], 0, 1)).isZero();
    buffer.clear();
    byte[] next = Storages.bytes(100);
    assertThat(buffer.put(next, 0, 100)).isEqualTo(100);
    assertThat(buffer.isFull()).isFalse();
    assertThat(bytesOf(buffer)).isEqualTo(next);
  }

  private static byte[] bytesOf(PartBuffer buffer) throws IOException {
    try (InputStream bytes = buffer.body().contentStreamProvider().newStream()) {
      return bytes.readAllBytes();
    }
  }
}
