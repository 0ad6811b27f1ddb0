package com.conitrack.backup.core.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of texts as bytes, made so that no two sequences share them: each text as its length
 * in UTF-8 bytes, a colon, itself and a comma (a netstring). What is missing is {@code -} alone.
 * For digests and signatures. Not safe for use by several threads.
 */
public final class Netstrings {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Adds a text, or that it is missing. */
  public Netstrings add(@Nullable String text) {
    if (text == null) {
      bytes.write('-');
      return this;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    bytes.writeBytes((utf8.length + ":").getBytes(StandardCharsets.US_ASCII));
    bytes.writeBytes(utf8);
    bytes.write(',');
    return this;
  }

  /** All texts added so far. */
  public byte[] toBytes() {
    return bytes.toByteArray();
  }

  /** Their SHA-256. */
  public Sha256 digest() {
    return Sha256.of(toBytes());
  }
}
