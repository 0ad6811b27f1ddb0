package com.conitrack.backup.archive;

import com.conitrack.backup.core.adopt.AdoptionSource;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipEncodingHelper;
import org.jspecify.annotations.Nullable;

/**
 * A dump in pg_dump's directory format, read as one tar archive (ustar, with GNU's sizes beyond 8
 * GiB): files in the order of their names, owner and group 0, without a folder. The same directory
 * gives the same bytes each time. Nothing is written to a disk.
 */
public final class PackedDirectory implements AdoptionSource {
  private static final int BLOCK = 512;

  private final Path directory;
  private final List<Path> files;

  private PackedDirectory(Path directory, List<Path> files) {
    this.directory = directory;
    this.files = files;
  }

  /**
   * The directory's files, as they are now.
   *
   * @throws BackupException kind {@code CONFIGURATION} if it is no such dump; {@code IO} if it
   *     cannot be read
   */
  public static PackedDirectory of(Path directory) {
    try (Stream<Path> children = Files.list(directory)) {
      List<Path> files = children.sorted().toList();
      if (!Files.isRegularFile(directory.resolve("toc.dat"))) {
        throw refused(
            directory,
            "it is a directory without a toc.dat, so not one that pg_dump has made",
            "give the directory that holds toc.dat, or a single file");
      }
      for (Path file : files) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          throw refused(
              directory, "'" + file.getFileName() + "' in it is no ordinary file", "remove it");
        }
      }
      return new PackedDirectory(directory, files);
    } catch (IOException e) {
      throw new BackupException(
          ErrorKind.IO,
          "unable to adopt '" + directory + "'",
          String.valueOf(e.getMessage()),
          null,
          e);
    }
  }

  private static BackupException refused(Path directory, String why, String hint) {
    return new BackupException(
        ErrorKind.CONFIGURATION, "unable to adopt '" + directory + "'", why, hint);
  }

  @Override
  public String name() {
    Path name = directory.toAbsolutePath().normalize().getFileName();
    return String.valueOf(name == null ? directory : name);
  }

  /** When the newest of its files was. */
  @Override
  public Instant modifiedAt() {
    Instant newest = Instant.EPOCH;
    for (Path file : files) {
      Instant modified = modifiedAt(file);
      newest = modified.isAfter(newest) ? modified : newest;
    }
    return newest;
  }

  private static Instant modifiedAt(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      throw new BackupException(
          ErrorKind.IO, "unable to adopt '" + file + "'", String.valueOf(e.getMessage()), null, e);
    }
  }

  @Override
  public InputStream open() throws IOException {
    List<InputStream> parts = new ArrayList<>();
    for (Path file : files) {
      long size = Files.size(file);
      parts.add(new ByteArrayInputStream(header(file, size)));
      parts.add(new WholeFile(file, size));
      parts.add(new ByteArrayInputStream(new byte[(int) (-size & BLOCK - 1)]));
    }
    parts.add(new ByteArrayInputStream(new byte[2 * BLOCK]));
    return new SequenceInputStream(Collections.enumeration(parts));
  }

  private static byte[] header(Path file, long size) throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(String.valueOf(file.getFileName()));
    entry.setSize(size);
    entry.setMode(TarArchiveEntry.DEFAULT_FILE_MODE);
    entry.setModTime(Files.getLastModifiedTime(file).toMillis() / 1000 * 1000);
    entry.setIds(0, 0);
    entry.setNames("", "");
    byte[] header = new byte[TarConstants.DEFAULT_RCDSIZE];
    entry.writeEntryHeader(header, ZipEncodingHelper.getZipEncoding("UTF-8"), true);
    return header;
  }

  /** A file opened when it is its turn, and held to the size that its header tells. */
  private static final class WholeFile extends InputStream {
    private final Path file;
    private @Nullable InputStream in;
    private long left;

    WholeFile(Path file, long size) {
      this.file = file;
      this.left = size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      InputStream open = in;
      if (open == null) {
        open = Files.newInputStream(file);
        in = open;
      }
      int read = open.read(into, offset, (int) Math.min(left, length));
      if (read < 0) {
        throw new IOException("'" + file.getFileName() + "' was changed while it was read");
      }
      left -= read;
      return read;
    }

    @Override
    public void close() throws IOException {
      if (in != null) {
        in.close();
      }
    }
  }
}
