package com.conitrack.backup.storage.fs;

import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.testsupport.storage.BackupStorageContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileSystemStorageContractTest extends BackupStorageContract {
  @TempDir Path directory;

  @Override
  protected BackupStorage emptyStorage() {
    return FileSystemStorage.at("disk", directory);
  }

  @Override
  protected BackupStorage sameStorageAgain() {
    return FileSystemStorage.at("disk", directory);
  }
}
