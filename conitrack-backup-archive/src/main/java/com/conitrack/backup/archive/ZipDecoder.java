package com.conitrack.backup.archive;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** The one file of a zip archive; once it has ended, the rest of the archive is checked. */
final class ZipDecoder extends InputStream {
  private static final int MOST_NAMES = 10;
  private static final String MAC_METADATA = "__MACOSX/";

  private final InputStream source;
  private final ZipTail tail;
  private final ZipArchiveInputStream zip;
  private final CRC32 crc = new CRC32();
  private @Nullable ZipArchiveEntry file;
  private long entries;
  private long bytes;
  private boolean ended;

  ZipDecoder(InputStream source) {
    this.source = source;
    this.tail = new ZipTail(source);
    this.zip = new ZipArchiveInputStream(tail, StandardCharsets.UTF_8.name());
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (ended || length == 0) {
      return ended ? -1 : 0;
    }
    try {
      ZipArchiveEntry current = file != null ? file : start();
      int read = zip.read(into, offset, length);
      if (read >= 0) {
        crc.update(into, offset, read);
        bytes += read;
      } else {
        finish(current);
        ended = true;
      }
      return read;
    } catch (EOFException e) {
      throw e.getMessage() != null ? e : cutShort(e);
    } catch (IllegalArgumentException e) { // What some damaged headers become.
      throw new IOException("the zip archive is damaged: " + e.getMessage(), e);
    }
  }

  private static EOFException cutShort(EOFException cause) {
    EOFException told = new EOFException("the zip archive is cut short");
    told.initCause(cause);
    return told;
  }

  private ZipArchiveEntry start() throws IOException {
    ZipArchiveEntry first = nextFile();
    if (first == null) {
      throw new EOFException("the zip archive holds no file");
    }
    if (first.getGeneralPurposeBit().usesEncryption()) {
      throw new IOException(
          "'" + first.getName() + "' in the zip archive is encrypted with a password");
    }
    if (!zip.canReadEntryData(first)) {
      throw new IOException(
          "'"
              + first.getName()
              + "' in the zip archive is compressed by a method that is not supported: "
              + first.getMethod());
    }
    file = first;
    return first;
  }

  /** The next entry that is a file of the user's. */
  private @Nullable ZipArchiveEntry nextFile() throws IOException {
    ZipArchiveEntry next = zip.getNextEntry();
    while (next != null) {
      entries++;
      if (!next.isDirectory() && !next.getName().startsWith(MAC_METADATA)) {
        return next;
      }
      next = zip.getNextEntry();
    }
    return null;
  }

  private void finish(ZipArchiveEntry current) throws IOException {
    List<String> others = new ArrayList<>();
    for (ZipArchiveEntry next = nextFile(); next != null; next = nextFile()) {
      if (others.size() < MOST_NAMES) {
        others.add(next.getName());
      }
    }
    // Known only now where they follow the data (APPNOTE.TXT, 4.3.9).
    if (current.getCrc() != crc.getValue() || current.getSize() != bytes) {
      throw new IOException("the zip archive is damaged: checksum or size of its file are wrong");
    }
    if (!others.isEmpty()) {
      throw new IOException(
          "the zip archive holds more than one file: "
              + current.getName()
              + ", "
              + String.join(", ", others));
    }
    tail.requireEnd(entries);
  }

  @Override
  public void close() throws IOException {
    zip.close();
    source.close();
  }
}
