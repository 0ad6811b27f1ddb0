package com.conitrack.backup.storage.fs;

import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.ObjectKeys;
import com.conitrack.backup.core.port.StorageInfo;
import com.conitrack.backup.core.port.StorageInfo.Capability;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Storage in a directory: on a local disk, a mounted NAS or a USB drive. A key is a path below the
 * directory; objects are plain files (mode 0600, directories 0700, where the file system has
 * modes). Safe for use by many threads, processes and hosts at once.
 *
 * <p>An upload is a hidden temporary file beside its target, synced (fsync) before it gets its name
 * and followed by a sync of the directory, so that a crash at any point leaves the whole object or
 * none. What a crash leaves of the temporary file is removed by {@link #sweep}, which recognises it
 * by its name and leaves the uploads of living processes on this host alone whatever their age.
 *
 * <p>Other files may be in the directory; they are neither listed nor touched. Symbolic links below
 * the directory are not followed.
 *
 * <p>For a drive that may not be mounted, give a directory <em>on</em> the drive, such as {@code
 * /mnt/nas/backups}, not the mount point: while the drive is absent, that directory does not exist,
 * and the storage says so instead of filling the disk below the mount point.
 */
public final class FileSystemStorage implements BackupStorage {
  private final StorageInfo info;
  private final Path root;
  private final ObjectPaths paths;
  private final Publisher publisher;
  private final Failures failures;

  /** With a way of making hard links, so that file systems without them can be tested. */
  FileSystemStorage(String name, Path directory, Publisher.HardLinks links) {
    this.root = directory.toAbsolutePath().normalize();
    this.info =
        new StorageInfo(
            name, root.toString(), Set.of(Capability.DURABLE, Capability.ATOMIC_CREATE));
    this.paths = new ObjectPaths(root);
    this.publisher = new Publisher(links, root);
    this.failures = new Failures(name, root);
  }

  /**
   * Storage in a directory that exists by the time it is used; otherwise every method fails with
   * {@link com.conitrack.backup.core.model.ErrorKind#NOT_FOUND}. Does no I/O.
   *
   * @param name the storage's name, see {@link StorageInfo#name()}
   * @param directory where the objects are; relative to the working directory if not absolute
   */
  public static FileSystemStorage at(String name, Path directory) {
    return new FileSystemStorage(name, directory, Files::createLink);
  }

  /**
   * Storage in a directory that is made now, with its parents, if it does not exist. Not for drives
   * that may not be mounted.
   *
   * @throws StorageException if the directory cannot be made
   */
  public static FileSystemStorage createAt(String name, Path directory) {
    FileSystemStorage storage = at(name, directory);
    storage.makeRoot();
    return storage;
  }

  @Override
  public StorageInfo info() {
    return info;
  }

  @Override
  public Upload begin(String key, ObjectAttributes attributes) {
    Path target = paths.of(key);
    String what = failures.unableTo("put", key);
    requireRoot(what);
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw failures.keyTaken(what);
    }
    try {
      paths.makeParents(key);
      return new FileUpload(key, target, publisher, failures);
    } catch (IOException e) {
      throw failures.writing(what, e, 0);
    }
  }

  @Override
  public InputStream open(String key, long offset) {
    ObjectKeys.requireOffset(offset);
    Path file = paths.of(key);
    String what = failures.unableTo("open", key);
    requireRoot(what);
    try {
      Optional<BasicFileAttributes> found = paths.attributes(key);
      if (found.isPresent()) {
        if (offset > found.get().size()) {
          throw ObjectKeys.tooShort(what, found.get().size(), offset);
        }
        return ObjectStream.open(file, offset);
      }
    } catch (IOException e) {
      throw failures.reading(what, e);
    }
    throw failures.noSuchObject(what);
  }

  @Override
  public Optional<StoredObject> find(String key) {
    ObjectKeys.require(key);
    String what = failures.unableTo("find", key);
    requireRoot(what);
    try {
      return paths
          .attributes(key)
          .map(found -> new StoredObject(key, found.size(), found.lastModifiedTime().toInstant()));
    } catch (IOException e) {
      throw failures.reading(what, e);
    }
  }

  @Override
  public List<StoredObject> list(String prefix) {
    String what = failures.unableTo("list");
    requireRoot(what);
    List<StoredObject> objects = new ArrayList<>();
    ObjectWalk walk =
        new ObjectWalk(
            prefix,
            (path, name, found) -> {
              if (name.startsWith(prefix) && ObjectKeys.isKey(name)) {
                objects.add(
                    new StoredObject(name, found.size(), found.lastModifiedTime().toInstant()));
              }
            });
    try {
      walk.from(root);
    } catch (IOException e) {
      throw failures.reading(what, e);
    }
    objects.sort(Comparator.comparing(StoredObject::key));
    return List.copyOf(objects);
  }

  @Override
  public boolean delete(String key) {
    Path file = paths.of(key);
    String what = failures.unableTo("delete", key);
    requireRoot(what);
    try {
      boolean deleted = paths.attributes(key).isPresent() && Files.deleteIfExists(file);
      if (deleted) {
        publisher.syncAbove(file);
      }
      return deleted;
    } catch (IOException e) {
      throw failures.changing(what, e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Here: temporary files of processes of this host that have ended, whatever their age, and
   * those of other hosts that were last written to before {@code olderThan}.
   */
  @Override
  public List<String> sweep(Instant olderThan) {
    String what = failures.unableTo("sweep");
    requireRoot(what);
    try {
      return new Sweep(olderThan).run(root);
    } catch (IOException e) {
      throw failures.changing(what, e);
    }
  }

  /** Removes nothing: {@link #sweep} tells whether a writer lives. */
  @Override
  public List<String> sweepOwned(String owner) {
    return List.of();
  }

  /** Its name and directory. */
  @Override
  public String toString() {
    return "FileSystemStorage[" + info.name() + " at " + root + "]";
  }

  private void requireRoot(String what) {
    if (!Files.isDirectory(root)) {
      throw failures.noDirectory(what);
    }
  }

  private void makeRoot() {
    try {
      Files.createDirectories(root, Access.OWNER_ONLY_DIRECTORY);
    } catch (IOException e) {
      throw failures.cannotMakeRoot(e);
    }
  }
}
