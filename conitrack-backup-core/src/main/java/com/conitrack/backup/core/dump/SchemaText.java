package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Digests the statements of the schema, each in the one form that lasts a restore; see {@link
 * ArrayCasts} and {@link CastNames}. Besides, digests them whatever the order of columns in
 * inheriting tables; see {@link NamedContents}.
 */
final class SchemaText {
  private static final byte[] LINE_FEED = {'\n'};

  /** Longer statements are digested as they stand. */
  private static final int LONGEST = 1 << 20;

  private final MessageDigest digest = Sha256.newDigest();
  private final MessageDigest named = Sha256.newDigest();
  private final List<String> ofColumns = new ArrayList<>();
  private final Set<String> types = new HashSet<>();
  private final TokenBuffer statement = new TokenBuffer(LONGEST);
  private boolean tooLong;

  void append(byte[] b, int from, int to) {
    if (!tooLong && statement.length() + (to - from) > LONGEST) {
      endRun();
      update(statement.bytes(), 0, statement.length());
      tooLong = true;
    }
    if (tooLong) {
      update(b, from, to - from);
    } else {
      statement.append(b, from, to);
    }
  }

  private void update(byte[] b, int offset, int length) {
    digest.update(b, offset, length);
    named.update(b, offset, length);
  }

  void endStatement() {
    if (tooLong) {
      named.update(LINE_FEED);
    } else {
      ByteBuffer lasting =
          CastNames.leftOut(ArrayCasts.distributed(statement.bytes(), statement.length()));
      digest.update(lasting.duplicate());
      endNamed(StandardCharsets.ISO_8859_1.decode(lasting).toString());
    }
    digest.update(LINE_FEED);
    statement.reset();
    tooLong = false;
  }

  /** Statements about single columns follow each other in the order of the columns. */
  private void endNamed(String text) {
    types.addAll(ColumnText.types(text));
    boolean ofColumn =
        text.startsWith("COMMENT ON COLUMN ")
            || text.startsWith("ALTER TABLE ONLY ") && text.contains(" ALTER COLUMN ");
    if (ofColumn) {
      ofColumns.add(Sha256.of(text.getBytes(StandardCharsets.ISO_8859_1)).hex());
    } else {
      endRun();
      updateNamed(ColumnText.sorted(text));
    }
  }

  private void endRun() {
    Collections.sort(ofColumns);
    ofColumns.forEach(this::updateNamed);
    ofColumns.clear();
  }

  private void updateNamed(String text) {
    named.update(text.getBytes(StandardCharsets.ISO_8859_1));
    named.update(LINE_FEED);
  }

  /** The types with a schema that columns have, as they are written. */
  Set<String> types() {
    return types;
  }

  Sha256 finish() {
    return Sha256.from(digest);
  }

  /** The digest whatever the order of columns. */
  Sha256 finishNamed() {
    endRun();
    return Sha256.from(named);
  }
}
