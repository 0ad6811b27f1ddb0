package com.conitrack.backup.storage.fs;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * Translates what the file system reports. The text of such a report is in the user's language, so
 * the state of the file system is asked wherever that can tell the cause.
 */
final class Failures {
  /** Less room than this after a failed write means that the room was the cause. */
  private static final long NO_ROOM = 64 * 1024;

  /** FAT32 holds files of up to 4 GiB less one byte. */
  private static final long FAT_LIMIT = (1L << 32) - 1;

  private final String storage;
  private final Path root;

  Failures(String storage, Path root) {
    this.storage = storage;
    this.root = root;
  }

  /** What could not be done with one object. */
  String unableTo(String verb, String key) {
    return "unable to " + verb + " '" + key + "' in storage '" + storage + "'";
  }

  /** What could not be done with the whole storage. */
  String unableTo(String verb) {
    return "unable to " + verb + " storage '" + storage + "'";
  }

  StorageException keyTaken(String what) {
    return new StorageException(
        ErrorKind.ALREADY_EXISTS,
        what,
        "the key exists; what is there was not touched",
        "choose another key");
  }

  StorageException noSuchObject(String what) {
    return new StorageException(
        ErrorKind.NOT_FOUND,
        what,
        "there is no such object",
        "list the storage to see what is there");
  }

  StorageException noDirectory(String what) {
    return new StorageException(
        ErrorKind.NOT_FOUND,
        what,
        "directory '" + root + "' does not exist",
        "mount it if it is a network or USB drive, or make it: mkdir -p '" + root + "'");
  }

  StorageException cannotMakeRoot(IOException e) {
    return new StorageException(
        e instanceof AccessDeniedException ? ErrorKind.PERMISSION : ErrorKind.IO,
        unableTo("make the directory of"),
        "'" + root + "': " + reason(e),
        "make it as a user who may: mkdir -p '" + root + "'",
        e);
  }

  /** Translates a failure to find, list or read. */
  StorageException reading(String what, IOException e) {
    if (!Files.isDirectory(root)) {
      return noDirectory(what);
    }
    if (e instanceof AccessDeniedException) {
      return notPermitted(what, e);
    }
    return other(what, e);
  }

  /** Translates a failure to delete, or to write where room is not the cause. */
  StorageException changing(String what, IOException e) {
    if (e instanceof FileAlreadyExistsException) {
      return keyTaken(what);
    }
    if (e instanceof ClosedByInterruptException || e instanceof InterruptedIOException) {
      return new StorageException(ErrorKind.CANCELLED, what, "the thread was interrupted", null, e);
    }
    if (Files.isDirectory(root) && !Files.isWritable(placeOf(e))) {
      return notPermitted(what, e);
    }
    return reading(what, e);
  }

  /**
   * Translates a failure to write.
   *
   * @param written bytes of the object that were written before it
   */
  StorageException writing(String what, IOException e, long written) {
    if (isRoomShort(e)) {
      return noRoom(what, e, written);
    }
    if (reason(e).contains("File too large") || isAtFatLimit(written)) {
      return tooLarge(what, e, written);
    }
    return changing(what, e);
  }

  private static boolean isAtFatLimit(long written) {
    return written <= FAT_LIMIT && written > FAT_LIMIT - NO_ROOM;
  }

  private boolean isRoomShort(IOException e) {
    String reason = reason(e).toLowerCase(Locale.ROOT);
    return reason.contains("no space left")
        || reason.contains("quota")
        || reason.contains("cuota")
        || freeBytes() < NO_ROOM;
  }

  private StorageException noRoom(String what, IOException e, long written) {
    return new StorageException(
        ErrorKind.FULL,
        what,
        "%s: %,d bytes of it were written, %,d bytes are free in '%s'"
            .formatted(reason(e), written, Math.max(0, freeBytes()), root),
        "make room there (more than those bytes are needed), then repeat the backup",
        e);
  }

  private StorageException tooLarge(String what, IOException e, long written) {
    return new StorageException(
        ErrorKind.FULL,
        what,
        "%s after %,d bytes: the file system of '%s' takes no larger file"
            .formatted(reason(e), written, root),
        "FAT32 ends at 4 GiB, and a user's limit is shown by 'ulimit -f'; format the drive as exFAT,"
            + " NTFS or ext4, or raise the limit",
        e);
  }

  private StorageException notPermitted(String what, IOException e) {
    Path place = placeOf(e);
    if (isReadOnly(place)) {
      return new StorageException(
          ErrorKind.PERMISSION,
          what,
          "the file system of '" + place + "' is read-only",
          "mount it for writing: mount -o remount,rw followed by its mount point",
          e);
    }
    return new StorageException(
        ErrorKind.PERMISSION,
        what,
        reason(e) + " in '" + place + "'",
        "let user '"
            + System.getProperty("user.name")
            + "' read and write there (see ls -ld and, if that looks right, lsattr -d)",
        e);
  }

  private StorageException other(String what, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new StorageException(
          ErrorKind.NOT_FOUND, what, "'" + fileOf(e) + "' has vanished", null, e);
    }
    if (e instanceof NotDirectoryException) {
      return new StorageException(
          ErrorKind.IO,
          what,
          "'" + fileOf(e) + "' is not a directory, and symbolic links are not followed",
          "move it away, or choose a key that does not continue it",
          e);
    }
    return new StorageException(
        ErrorKind.IO, what, reason(e), "check the drive or network share of '" + root + "'", e);
  }

  /** The nearest existing directory to what the failure was about. */
  private Path placeOf(IOException e) {
    for (Path path = fileOf(e); path != null && path.startsWith(root); path = path.getParent()) {
      if (Files.isDirectory(path)) {
        return path;
      }
    }
    return root;
  }

  private Path fileOf(IOException e) {
    return e instanceof FileSystemException f && f.getFile() != null ? Path.of(f.getFile()) : root;
  }

  private static String reason(IOException e) {
    String reason = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return Objects.requireNonNullElse(reason, e.getClass().getSimpleName());
  }

  private static boolean isReadOnly(Path place) {
    try {
      return Files.getFileStore(place).isReadOnly();
    } catch (IOException e) {
      return false;
    }
  }

  private long freeBytes() {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException e) {
      return Long.MAX_VALUE;
    }
  }
}
