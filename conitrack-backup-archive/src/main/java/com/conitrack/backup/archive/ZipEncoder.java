package com.conitrack.backup.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a zip archive with one file, the same bytes for the same content. */
final class ZipEncoder extends OutputStream {
  private static final String NAME = "dump.sql";

  private final OutputStream sink;
  private final ZipOutputStream zip;
  private boolean started;
  private boolean closed;

  ZipEncoder(OutputStream sink) {
    this.sink = sink;
    zip = new ZipOutputStream(sink);
  }

  private void start() throws IOException {
    if (!started) {
      started = true;
      ZipEntry entry = new ZipEntry(NAME);
      entry.setTimeLocal(LocalDateTime.of(1980, 1, 1, 0, 0));
      zip.putNextEntry(entry);
    }
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (closed) {
      throw new IOException("the zip archive is closed");
    }
    start();
    zip.write(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    zip.flush();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try {
        start();
        zip.close();
      } finally { // Which it leaves open if it could not complete the archive.
        sink.close();
      }
    }
  }
}
