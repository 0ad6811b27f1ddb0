package com.conitrack.backup.core.setup;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * A file that holds a password, or a secret like it, alone, as Docker and Kubernetes hand out
 * secrets.
 */
public final class SecretFile {
  private SecretFile() {}

  /** Reads the file's first line each time it is asked, so that a renewed password is noticed. */
  public static Supplier<char[]> at(Path file) {
    return () -> read(file);
  }

  private static char[] read(Path file) {
    try {
      String text = Files.readString(file);
      String password = text.lines().findFirst().orElse("");
      if (password.isEmpty()) {
        throw unreadable(file, "it is empty", null);
      }
      return password.toCharArray();
    } catch (NoSuchFileException e) {
      throw unreadable(file, "there is no such file", e);
    } catch (IOException e) {
      throw unreadable(file, e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  private static BackupException unreadable(
      Path file, String why, @org.jspecify.annotations.Nullable IOException cause) {
    return new BackupException(
        ErrorKind.CONFIGURATION,
        "unable to read the secret from '" + file + "'",
        why,
        "put it alone on the first line, readable by the user that runs backups",
        cause);
  }
}
