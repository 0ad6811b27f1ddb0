package com.conitrack.backup.storage.fs;

import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.testsupport.storage.BackupStorageContract;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** On a file system that refuses hard links as FAT does. */
class WithoutHardLinksContractTest extends BackupStorageContract {
  @TempDir Path directory;

  @Override
  protected BackupStorage emptyStorage() {
    return storage();
  }

  @Override
  protected BackupStorage sameStorageAgain() {
    return storage();
  }

  private FileSystemStorage storage() {
    return new FileSystemStorage(
        "usb",
        directory,
        (link, existing) -> {
          throw new FileSystemException(link.toString(), existing.toString(), "not permitted");
        });
  }
}
