package com.conitrack.backup.storage.fs;

import com.conitrack.backup.core.port.ObjectKeys;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * Where the objects of a directory are. A key's form cannot lead out of the directory; symbolic
 * links inside it could, so nothing is reached through them.
 */
final class ObjectPaths {
  private final Path root;

  ObjectPaths(Path root) {
    this.root = root;
  }

  /** The file of an object, whether it exists or not. */
  Path of(String key) {
    return root.resolve(ObjectKeys.require(key));
  }

  /** What is known of an object; empty if there is none. */
  Optional<BasicFileAttributes> attributes(String key) throws IOException {
    Path file = of(key);
    if (!isReachedWithoutLinks(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(attributes(file)).filter(BasicFileAttributes::isRegularFile);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Attributes of a path itself, not of what it may link to. */
  static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Makes the directories between the root, which must exist, and an object. */
  void makeParents(String key) throws IOException {
    ObjectKeys.require(key);
    for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
      makeDirectory(root.resolve(key.substring(0, slash)));
    }
  }

  private static void makeDirectory(Path directory) throws IOException {
    try {
      Files.createDirectory(directory, Access.OWNER_ONLY_DIRECTORY);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw new NotDirectoryException(directory.toString());
      }
    }
  }

  private boolean isReachedWithoutLinks(Path file) {
    for (Path each = file.getParent();
        each != null && !each.equals(root);
        each = each.getParent()) {
      if (!Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }
}
