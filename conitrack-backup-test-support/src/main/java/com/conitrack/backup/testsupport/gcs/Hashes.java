package com.conitrack.backup.testsupport.gcs;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Hashes as the API writes them. */
record Hashes(String crc32c, String md5) {
  static Hashes of(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    byte[] highestFirst = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return new Hashes(base64(highestFirst), base64(md5Of(content)));
  }

  /** The value of the {@code x-goog-hash} header. */
  String header() {
    return "crc32c=" + crc32c + ",md5=" + md5;
  }

  /** Refuses content that differs from what its sender says of it; null says nothing. */
  void require(@Nullable String wantedCrc, @Nullable String wantedMd5) {
    if (wantedCrc != null && !wantedCrc.equals(crc32c)) {
      throw Refusal.invalid(
          "Provided CRC32C \"%s\" doesn't match calculated CRC32C \"%s\"."
              .formatted(wantedCrc, crc32c));
    }
    if (wantedMd5 != null && !wantedMd5.equals(md5)) {
      throw Refusal.invalid(
          "Provided MD5 hash \"%s\" doesn't match calculated MD5 hash \"%s\"."
              .formatted(wantedMd5, md5));
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] md5Of(byte[] content) {
    try {
      return MessageDigest.getInstance("MD5").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }
}
