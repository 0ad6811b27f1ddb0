package com.conitrack.backup.pg;

import com.conitrack.backup.core.port.StreamCodec;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** pg_dump's custom format, turned into SQL by pg_restore as it comes. */
final class CustomCodec implements StreamCodec {
  private static final byte[] MAGIC = ArchiveHeader.MAGIC.getBytes(StandardCharsets.US_ASCII);

  /** The header holds two versions and a name, of at most 63 bytes in 14 or later. */
  private static final int LONGEST_HEADER = 16 * 1024;

  private final ArchiveTool tool;

  CustomCodec(ArchiveTool tool) {
    this.tool = tool;
  }

  @Override
  public String id() {
    return "pg-custom";
  }

  @Override
  public String extension() {
    return ".dump";
  }

  @Override
  public String decodeCommand() {
    return "pg_restore -f -";
  }

  @Override
  public boolean archive() {
    return true;
  }

  @Override
  public boolean recognises(byte[] head) {
    return head.length >= MAGIC.length
        && Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  @Override
  public OutputStream encode(OutputStream sink) {
    throw new UnsupportedOperationException("archives of pg_dump's are only read");
  }

  @Override
  public InputStream decode(InputStream source) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(source, LONGEST_HEADER);
    try {
      buffered.mark(LONGEST_HEADER);
      ArchiveHeader header = ArchiveHeader.read(buffered);
      buffered.reset();
      return tool.start(header, List.of("--format=custom"), buffered);
    } catch (IOException | RuntimeException e) {
      close(buffered, e);
      throw e;
    }
  }

  private static void close(InputStream source, Exception failure) {
    try {
      source.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
