package com.conitrack.backup.storage.fs;

import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What the tests of this module share. */
final class TestFiles {
  private TestFiles() {}

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static void put(BackupStorage storage, String key, byte[] bytes) {
    try (Upload upload = storage.begin(key, ObjectAttributes.JSON)) {
      upload.write(bytes, 0, bytes.length);
      upload.commit();
    }
  }

  static byte[] get(BackupStorage storage, String key) throws IOException {
    try (InputStream stream = storage.open(key)) {
      return stream.readAllBytes();
    }
  }

  /** All files below a directory, hidden ones too. */
  static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
