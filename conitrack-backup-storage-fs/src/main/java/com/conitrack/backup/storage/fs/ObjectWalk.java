package com.conitrack.backup.storage.fs;

import com.conitrack.backup.core.port.ObjectKeys;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Looks through a directory for regular files, entering only directories that objects could be in:
 * so what belongs to others ({@code lost+found}, {@code .snapshot}) need not even be readable.
 * Symbolic links are passed over.
 */
final class ObjectWalk {

  /** Is told of each regular file. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param path where it is
     * @param name its path relative to the root, with {@code /} between segments
     */
    void file(Path path, String name, BasicFileAttributes attributes) throws IOException;
  }

  private final String prefix;
  private final Visitor visitor;

  /**
   * @param prefix directories that hold no name starting like this are left out
   */
  ObjectWalk(String prefix, Visitor visitor) {
    this.prefix = prefix;
    this.visitor = visitor;
  }

  /**
   * Visits all files below {@code root}, in no particular order. Files that come or go meanwhile
   * may be visited or not.
   *
   * @throws IOException if a directory could not be read to its end
   */
  void from(Path root) throws IOException {
    directory(root, "");
  }

  private void directory(Path directory, String name) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        entry(entry, name + WorkFiles.fileName(entry));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void entry(Path path, String name) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = ObjectPaths.attributes(path);
    } catch (NoSuchFileException e) {
      return;
    }
    if (attributes.isRegularFile()) {
      visitor.file(path, name, attributes);
    } else if (attributes.isDirectory() && mayHold(name)) {
      directory(path, name + "/");
    }
  }

  private boolean mayHold(String directory) {
    String start = directory + "/";
    return ObjectKeys.isKey(directory) && (start.startsWith(prefix) || prefix.startsWith(start));
  }
}
