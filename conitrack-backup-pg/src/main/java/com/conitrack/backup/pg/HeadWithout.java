package com.conitrack.backup.pg;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;

/** SQL without one of the settings that pg_restore writes at its head. */
final class HeadWithout extends FilterInputStream {
  private static final int HEAD_BYTES = 4096;

  /** The last of the settings, before the first object. */
  private static final String AFTER = "\nSET check_function_bodies";

  private final InputStream sql;

  private HeadWithout(InputStream both, InputStream sql) {
    super(both);
    this.sql = sql;
  }

  /** {@code sql} without that line among its first settings. */
  static InputStream line(String setting, InputStream sql) throws IOException {
    try {
      String head = new String(sql.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1);
      int at = head.indexOf("\n" + setting + "\n");
      if (at >= 0 && at < head.indexOf(AFTER)) {
        head = head.substring(0, at) + head.substring(at + setting.length() + 1);
      }
      byte[] kept = head.getBytes(StandardCharsets.ISO_8859_1);
      return new HeadWithout(new SequenceInputStream(new ByteArrayInputStream(kept), sql), sql);
    } catch (IOException | RuntimeException e) {
      sql.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    sql.close();
  }
}
