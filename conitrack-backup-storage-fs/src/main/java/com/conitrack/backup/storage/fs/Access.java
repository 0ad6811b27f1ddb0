package com.conitrack.backup.storage.fs;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Who may use what this storage makes: the owner only, since dumps hold personal data. */
final class Access {
  static final FileAttribute<?>[] OWNER_ONLY_FILE = permissions("rw-------");
  static final FileAttribute<?>[] OWNER_ONLY_DIRECTORY = permissions("rwx------");

  private Access() {}

  private static FileAttribute<?>[] permissions(String posix) {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(posix))
    };
  }
}
