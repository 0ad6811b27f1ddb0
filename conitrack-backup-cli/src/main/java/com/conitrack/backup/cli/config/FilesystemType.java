package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.storage.fs.FileSystemStorage;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A directory: on a local disk, a mounted NAS or a USB drive. */
final class FilesystemType implements StorageType {
  private static final Logger LOG = LoggerFactory.getLogger(FilesystemType.class);

  @Override
  public String name() {
    return "filesystem";
  }

  @Override
  public List<String> keys() {
    return List.of("path", "create");
  }

  @Override
  public @Nullable StorageConfig read(Section storage, String name) {
    Path path = storage.file("path");
    boolean create = Boolean.TRUE.equals(storage.flag("create"));
    if (path == null) {
      if (!storage.has("path")) {
        storage.problem("path", "no directory is given", "write path: /mnt/nas/backups");
      }
      return null;
    }
    return new StorageConfig(
        name,
        name(),
        path.toString(),
        () -> create ? createAt(name, path) : FileSystemStorage.at(name, path));
  }

  /** One storage out of order does not keep the others from work: its every use will fail. */
  private static BackupStorage createAt(String name, Path path) {
    try {
      return FileSystemStorage.createAt(name, path);
    } catch (StorageException e) {
      LOG.warn("{}", e.getMessage());
      return FileSystemStorage.at(name, path);
    }
  }
}
