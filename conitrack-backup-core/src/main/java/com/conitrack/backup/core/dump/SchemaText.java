package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Digests the statements of the schema, each in the one form that lasts a restore; see {@link
 * ArrayCasts} and {@link CastNames}.
 */
final class SchemaText {
  private static final byte[] LINE_FEED = {'\n'};

  /** Longer statements are digested as they stand. */
  private static final int LONGEST = 1 << 20;

  private final MessageDigest digest = Sha256.newDigest();
  private final TokenBuffer statement = new TokenBuffer(LONGEST);
  private boolean tooLong;

  void append(byte[] b, int from, int to) {
    if (!tooLong && statement.length() + (to - from) > LONGEST) {
      digest.update(statement.bytes(), 0, statement.length());
      tooLong = true;
    }
    if (tooLong) {
      digest.update(b, from, to - from);
    } else {
      statement.append(b, from, to);
    }
  }

  void endStatement() {
    if (!tooLong) {
      ByteBuffer lasting = ArrayCasts.distributed(statement.bytes(), statement.length());
      digest.update(CastNames.leftOut(lasting));
    }
    digest.update(LINE_FEED);
    statement.reset();
    tooLong = false;
  }

  Sha256 finish() {
    return Sha256.from(digest);
  }
}
