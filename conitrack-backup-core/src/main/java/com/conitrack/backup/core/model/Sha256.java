package com.conitrack.backup.core.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * A SHA-256 digest (FIPS 180-4), as 64 lower-case hexadecimal digits: what {@code sha256sum}
 * prints.
 *
 * @param hex the digits
 */
public record Sha256(String hex) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  /** The digest of no bytes at all. */
  public static final Sha256 OF_NOTHING = of(new byte[0]);

  public Sha256 {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "not a SHA-256 of 64 lower-case hex digits: '" + hex + "'");
    }
  }

  /** The digest of {@code bytes}. */
  public static Sha256 of(byte[] bytes) {
    return of(newDigest().digest(bytes), 0);
  }

  /** Completes {@code digest}, which is reset by this. */
  public static Sha256 from(MessageDigest digest) {
    return of(digest.digest(), 0);
  }

  private static Sha256 of(byte[] digest, int from) {
    return new Sha256(HexFormat.of().formatHex(digest, from, digest.length));
  }

  /** A fresh SHA-256 computation; every Java platform must provide the algorithm. */
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
