package com.conitrack.backup.spring;

import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Storages in directories. */
final class FilesystemStorages {
  private static final Logger LOG = LoggerFactory.getLogger(FilesystemStorages.class);

  private FilesystemStorages() {}

  static @Nullable BackupStorage make(StorageSettings settings) {
    String path = settings.required("path", settings.given().path(), "write /mnt/nas/backups");
    if (path == null) {
      return null;
    }
    try {
      Path directory = Path.of(path);
      return Boolean.TRUE.equals(settings.given().create())
          ? createAt(settings.name(), directory)
          : FileSystemStorage.at(settings.name(), directory);
    } catch (InvalidPathException e) {
      settings.problems().add(settings.key("path"), "it is no path", "write /mnt/nas/backups");
      return null;
    }
  }

  /** One storage out of order does not keep the others from work: its every use will fail. */
  private static BackupStorage createAt(String name, Path directory) {
    try {
      return FileSystemStorage.createAt(name, directory);
    } catch (StorageException e) {
      LOG.warn("{}", e.getMessage());
      return FileSystemStorage.at(name, directory);
    }
  }
}
