package com.conitrack.backup.archive;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.jspecify.annotations.Nullable;

/** Unpacks the tar archive of one dump in directory format. Used once. */
final class TarUnpacker {
  private static final String CONTENTS = "toc.dat";
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*");
  private static final int MOST_NAMES = 10;

  /** Room that is left to others. */
  private static final long RESERVE_BYTES = 64L << 20;

  private final UnpackDirectory directory;
  private final List<String> names = new ArrayList<>();
  private @Nullable String folder;
  private boolean contentsFound;

  TarUnpacker(UnpackDirectory directory) {
    this.directory = directory;
  }

  /**
   * Reads the archive to its end; does not close it.
   *
   * @throws IOException if it is damaged, holds anything but the files of one dump, or other bytes
   *     follow it
   * @throws BackupException kind {@code FULL} if there is no room for it
   */
  void unpack(InputStream source) throws IOException {
    TarEnd end = new TarEnd(source);
    TarArchiveInputStream tar = new TarArchiveInputStream(end);
    try {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        take(entry, tar);
      }
    } catch (IllegalArgumentException e) { // What some damaged headers become.
      throw new IOException("the tar archive is damaged: " + e.getMessage(), e);
    }
    end.requireEnd();
    if (!contentsFound) {
      throw new IOException(
          "the tar archive holds no dump in pg_dump's directory format, for it has no "
              + CONTENTS
              + "; it holds: "
              + String.join(", ", names));
    }
  }

  private void take(TarArchiveEntry entry, TarArchiveInputStream tar) throws IOException {
    String name = entry.getName();
    if (entry.isDirectory()) {
      return;
    }
    if (!isPlain(entry)) {
      throw new IOException("'" + name + "' in the tar archive is no ordinary file");
    }
    if (names.size() < MOST_NAMES) {
      names.add(name);
    }
    String[] parts = name.replaceFirst("^(\\./)+", "").split("/", -1);
    String last = parts[parts.length - 1];
    if (parts.length > 2 || !PLAIN_NAME.matcher(last).matches() || isOutside(parts)) {
      throw new IOException("'" + name + "' in the tar archive is no name of a file of a dump");
    }
    requireSameFolder(name, parts.length == 2 ? parts[0] : "");
    contentsFound |= last.equals(CONTENTS);
    write(entry, tar, directory.path().resolve(last));
  }

  private static boolean isPlain(TarArchiveEntry entry) {
    byte type = entry.getLinkFlag();
    return (type == TarConstants.LF_NORMAL || type == TarConstants.LF_OLDNORM) && !entry.isSparse();
  }

  private static boolean isOutside(String[] parts) {
    return parts.length == 2 && (parts[0].isEmpty() || parts[0].equals(".."));
  }

  private void requireSameFolder(String name, String found) throws IOException {
    if (folder != null && !folder.equals(found)) {
      throw new IOException("'" + name + "' in the tar archive lies in another folder than others");
    }
    folder = found;
  }

  private void write(TarArchiveEntry entry, InputStream bytes, Path file) throws IOException {
    requireRoom(entry.getSize());
    try (OutputStream to = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
      if (bytes.transferTo(to) != entry.getSize()) {
        throw new EOFException("the tar archive is cut short inside '" + entry.getName() + "'");
      }
    } catch (FileAlreadyExistsException e) {
      throw new IOException("the tar archive holds '" + entry.getName() + "' twice", e);
    }
  }

  /** Asks the directory itself: within a chroot, no mount point may be found for it. */
  private void requireRoom(long bytes) {
    File place = directory.path().toFile();
    long room = place.getUsableSpace();
    boolean known = place.getTotalSpace() > 0;
    if (known && bytes > room - RESERVE_BYTES) {
      throw new BackupException(
          ErrorKind.FULL,
          "unable to unpack a dump in directory format",
          "a file of it has "
              + bytes
              + " bytes, and the disk of '"
              + directory.path().getParent()
              + "' has room for "
              + room,
          "make room, or set another directory for temporary files (java.io.tmpdir)");
    }
  }
}
