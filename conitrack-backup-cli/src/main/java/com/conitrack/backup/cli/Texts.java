package com.conitrack.backup.cli;

import com.conitrack.backup.core.model.BackupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Function;

/** Files that people name on the command line. */
final class Texts {
  private Texts() {}

  static byte[] read(Action action, Path file) {
    try {
      return Files.readAllBytes(action.shell().directory().resolve(file));
    } catch (IOException e) {
      throw new UsageException("unable to read '" + file + "'", why(e), "check the path");
    }
  }

  /** Reads a document; one that is something else is told by the file's name. */
  static <T> T read(Action action, Path file, Function<byte[], T> reader) {
    byte[] bytes = read(action, file);
    try {
      return reader.apply(bytes);
    } catch (BackupException e) {
      throw new BackupException(e.kind(), e.what() + " in '" + file + "'", e.why(), e.hint(), e);
    }
  }

  /** Writes a new file; one that is there is left alone. */
  static void create(Action action, Path file, byte[] bytes) {
    try {
      Files.write(action.shell().directory().resolve(file), bytes, StandardOpenOption.CREATE_NEW);
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  /** The same, with a file that only its owner may read, from its first byte on. */
  static void createSecret(Action action, Path file, String text) {
    Path place = action.shell().directory().resolve(file);
    try {
      if (place.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.createFile(
            place,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      } else {
        Files.createFile(place);
      }
      Files.write(place, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unwritten(file, e);
    }
  }

  private static UsageException unwritten(Path file, IOException e) {
    return new UsageException(
        "unable to write '" + file + "'", why(e), "name a file that is not there yet");
  }

  private static String why(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "there is no such file or directory";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "it is there already";
    }
    return e instanceof AccessDeniedException
        ? "it may not be read or written"
        : String.valueOf(e.getMessage());
  }
}
