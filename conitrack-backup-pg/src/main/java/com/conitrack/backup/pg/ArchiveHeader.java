package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.ServerVersion;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * What stands at the beginning of an archive of pg_dump's (PostgreSQL source, {@code ReadHead} in
 * {@code pg_backup_archiver.c}).
 *
 * @param dumpedBy version of the pg_dump that made it
 */
record ArchiveHeader(ServerVersion dumpedBy) {
  static final String MAGIC = "PGDMP";
  private static final int TIME_FIELDS = 7;
  private static final int LONGEST_TEXT = 1 << 16;

  /** Format 1.15 (pg_dump 16) tells the compression's name in a byte, earlier ones a level. */
  private static final int COMPRESSION_IN_A_BYTE = 15;

  /**
   * Reads it.
   *
   * @throws IOException if it is none, or one older than pg_dump 9.0's, or is cut short
   */
  static ArchiveHeader read(InputStream archive) throws IOException {
    try {
      return parse(new DataInputStream(archive));
    } catch (EOFException e) {
      throw new IOException("the archive is cut short within its header", e);
    } catch (IllegalArgumentException e) {
      throw new IOException("the archive's header is damaged: " + e.getMessage(), e);
    }
  }

  private static ArchiveHeader parse(DataInputStream in) throws IOException {
    byte[] magic = new byte[MAGIC.length()];
    in.readFully(magic);
    if (!MAGIC.equals(new String(magic, StandardCharsets.US_ASCII))) {
      throw new IOException("it is no archive of pg_dump's");
    }
    int major = in.readUnsignedByte();
    int minor = in.readUnsignedByte();
    in.skipNBytes(1);
    int intSize = in.readUnsignedByte();
    in.skipNBytes(2); // Size of offsets, and the format.
    if (major != 1 || minor < 12 || intSize < 2 || intSize > 8) {
      throw new IOException("archives of version " + major + "." + minor + " cannot be read");
    }
    in.skipNBytes(minor >= COMPRESSION_IN_A_BYTE ? 1 : intSize + 1L);
    in.skipNBytes(TIME_FIELDS * (intSize + 1L));
    text(in, intSize); // Name of the database.
    text(in, intSize); // Version of the server.
    return new ArchiveHeader(ServerVersion.parse(text(in, intSize)));
  }

  private static String text(DataInputStream in, int intSize) throws IOException {
    boolean negative = in.readUnsignedByte() != 0;
    long length = 0;
    for (int i = 0; i < intSize; i++) {
      length |= (long) in.readUnsignedByte() << (8 * i);
    }
    if (negative || length > LONGEST_TEXT) {
      throw new IOException("the archive's header is damaged");
    }
    byte[] bytes = new byte[(int) length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
