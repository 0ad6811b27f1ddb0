package com.conitrack.backup.testsupport.postgres;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Passwords for test servers. */
final class Passwords {
  /** What passfiles, URLs, shells and connection strings each treat specially. */
  private static final String AWKWARD = ":\\'@/%&+ $\"";

  private Passwords() {}

  /** A new one, hard to guess and hard to quote. */
  static String random() {
    byte[] bytes = new byte[12];
    new SecureRandom().nextBytes(bytes);
    String hex = HexFormat.of().formatHex(bytes);
    return hex.substring(0, 12) + AWKWARD + hex.substring(12);
  }
}
