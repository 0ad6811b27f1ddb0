package com.conitrack.backup.core.adopt;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A file, as it was when it was first looked at. */
record FileSource(Path file, String name, Instant modifiedAt) implements AdoptionSource {

  static FileSource of(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      if (found.isDirectory()) {
        throw refused(
            ErrorKind.CONFIGURATION,
            file,
            "it is a directory",
            "a dump in pg_dump's directory format is packed as it is read by PackedDirectory of"
                + " conitrack-backup-archive",
            null);
      }
      Path name = file.getFileName();
      return new FileSource(
          file, String.valueOf(name == null ? file : name), found.lastModifiedTime().toInstant());
    } catch (NoSuchFileException e) {
      throw refused(ErrorKind.NOT_FOUND, file, "it is not there", "check the path", e);
    } catch (IOException e) {
      throw refused(ErrorKind.IO, file, String.valueOf(e.getMessage()), null, e);
    }
  }

  private static BackupException refused(
      ErrorKind kind, Path file, String why, @Nullable String hint, @Nullable IOException cause) {
    return new BackupException(kind, "unable to adopt '" + file + "'", why, hint, cause);
  }

  @Override
  public InputStream open() throws IOException {
    return Files.newInputStream(file);
  }
}
