package com.conitrack.backup.archive;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.port.DirectoryReader;
import com.conitrack.backup.core.port.StreamCodec;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A tar archive of a dump in pg_dump's directory format, perhaps below a folder, or pg_dump's own
 * tar format, which unpacked is such a directory (PostgreSQL documentation, pg_dump, {@code
 * --format}).
 *
 * <p>Such a dump cannot be read in the order of its bytes: decoding unpacks it into a temporary
 * directory that only its owner can enter, removed when the stream is closed or, after a crash, by
 * the next decoding. It needs as much room there as the archive has bytes; what does not fit is
 * refused before the disk is full. Only plain files are taken, and their names, which must be plain
 * too, lead nowhere else.
 */
public final class DirectoryTarCodec implements StreamCodec {
  /** POSIX.1-2017, pax, "ustar Interchange Format": where a header says what it is. */
  private static final int MAGIC_AT = 257;

  private static final byte[] MAGIC = "ustar".getBytes(StandardCharsets.US_ASCII);

  private final DirectoryReader reader;
  private final Path temporary;

  private DirectoryTarCodec(DirectoryReader reader, Path temporary) {
    this.reader = reader;
    this.temporary = temporary;
  }

  /** A codec that unpacks in the directory {@code java.io.tmpdir}. */
  public static DirectoryTarCodec create(DirectoryReader reader) {
    return create(reader, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /**
   * A codec.
   *
   * @param reader reads the dump once it is unpacked
   * @param temporary where it is unpacked
   */
  public static DirectoryTarCodec create(DirectoryReader reader, Path temporary) {
    return new DirectoryTarCodec(reader, temporary);
  }

  @Override
  public String id() {
    return "pg-directory-tar";
  }

  @Override
  public String extension() {
    return ".tar";
  }

  @Override
  public String decodeCommand() {
    return "sh -c 'd=$(mktemp -d) && tar -xf \"${1:--}\" -C \"$d\""
        + " && pg_restore -f - \"$(dirname \"$(find \"$d\" -name toc.dat)\")\"; s=$?; rm -rf \"$d\";"
        + " exit $s' -";
  }

  @Override
  public boolean archive() {
    return true;
  }

  @Override
  public boolean recognises(byte[] head) {
    if (head.length < MAGIC_AT + MAGIC.length) {
      return false;
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (head[MAGIC_AT + i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public OutputStream encode(OutputStream sink) {
    throw new UnsupportedOperationException("archives of pg_dump's are only read");
  }

  @Override
  public InputStream decode(InputStream source) throws IOException {
    UnpackDirectory directory = UnpackDirectory.create(temporary);
    try {
      new TarUnpacker(directory).unpack(source);
      return new Unpacked(reader.read(directory.path()), directory, source);
    } catch (IOException | BackupException e) {
      directory.close();
      source.close();
      throw e;
    }
  }

  /** What the tool reads out of the directory, which goes with it. */
  private static final class Unpacked extends FilterInputStream {
    private final UnpackDirectory directory;
    private final InputStream source;

    Unpacked(InputStream sql, UnpackDirectory directory, InputStream source) {
      super(sql);
      this.directory = directory;
      this.source = source;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return in.read(into, offset, length);
    }

    @Override
    public void close() throws IOException {
      try (source;
          directory) {
        in.close();
      }
    }
  }
}
