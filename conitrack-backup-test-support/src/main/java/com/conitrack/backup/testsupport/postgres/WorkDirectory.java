package com.conitrack.backup.testsupport.postgres;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A server's directory below {@code java.io.tmpdir}, named {@code
 * conitrack-postgres-<pid>-<random>}. A lock file of the same name beside it is held while its
 * process lives; one that nobody holds is what a dead process left, and is removed, server and all,
 * by the next process that makes one.
 */
final class WorkDirectory implements AutoCloseable {
  private static final String PREFIX = "conitrack-postgres-";
  private static final String LOCK = ".lock";

  private final Path path;
  private final FileChannel lock;

  private WorkDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** Makes one that {@code user} owns, and removes those of dead processes. */
  static WorkDirectory create(ServerUser user) {
    Path parent = parent(user);
    try {
      sweep(parent);
      Path path = parent.resolve(ownPrefix() + UUID.randomUUID().toString().substring(0, 8));
      FileChannel lock = lock(lockOf(path));
      Files.createDirectory(path);
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
      user.own(path);
      return new WorkDirectory(path, lock);
    } catch (IOException e) {
      throw new UncheckedIOException("unable to make a directory in '" + parent + "'", e);
    }
  }

  Path path() {
    return path;
  }

  /** Removes it. */
  @Override
  public void close() {
    try {
      delete(path);
      Files.deleteIfExists(lockOf(path));
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException("unable to remove '" + path + "'", e);
    }
  }

  /** Has it removed by a process of its own: many databases are many files. */
  void removeInBackground() {
    List<String> command = List.of("rm", "-rf", path.toString(), lockOf(path).toString());
    try {
      Commands.builder(command, path.resolveSibling(""))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("unable to remove '" + path + "'", e);
    }
  }

  /** Removes what dead processes left in {@code parent}. */
  static void sweep(Path parent) throws IOException {
    List<Path> locks;
    try (Stream<Path> files = Files.list(parent)) {
      locks = files.filter(WorkDirectory::isForeignLock).toList();
    }
    for (Path file : locks) {
      removeIfAbandoned(file);
    }
  }

  private static boolean isForeignLock(Path file) {
    String name = file.getFileName().toString();
    // Closing any channel of a file may drop the locks this process holds on it (FileLock), so its
    // own lock files are never opened a second time.
    return name.startsWith(PREFIX) && name.endsWith(LOCK) && !name.startsWith(ownPrefix());
  }

  private static void removeIfAbandoned(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      if (held != null) {
        Path abandoned = directoryOf(file);
        killServer(abandoned);
        delete(abandoned);
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      // Another user's, or being removed by another process at this moment: theirs to clean up.
      return;
    }
  }

  private static void killServer(Path directory) {
    Cluster.postmaster(directory.resolve(Cluster.DATA))
        .filter(process -> process.info().commandLine().orElse("").contains(directory.toString()))
        .ifPresent(Cluster::killAndAwait);
  }

  /** Locks it before it gets its name: whoever sees the name finds it locked. */
  private static FileChannel lock(Path file) throws IOException {
    Path unnamed = file.resolveSibling(file.getFileName() + ".new");
    FileChannel channel =
        FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    channel.lock();
    Files.move(unnamed, file);
    return channel;
  }

  private static Path lockOf(Path directory) {
    return directory.resolveSibling(directory.getFileName() + LOCK);
  }

  private static Path directoryOf(Path lock) {
    String name = lock.getFileName().toString();
    return lock.resolveSibling(name.substring(0, name.length() - LOCK.length()));
  }

  private static String ownPrefix() {
    return PREFIX + ProcessHandle.current().pid() + "-";
  }

  private static Path parent(ServerUser user) {
    Path wanted = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    return Stream.of(wanted, Path.of("/tmp"))
        .filter(user::canEnter)
        .findFirst()
        .orElseThrow(() -> unreachable(wanted, user));
  }

  private static BackupException unreachable(Path wanted, ServerUser user) {
    return new BackupException(
        ErrorKind.PERMISSION,
        "unable to use '" + wanted + "' for a PostgreSQL server",
        "user '" + user.name() + "', which runs it, may not enter that directory",
        "set -Djava.io.tmpdir to a directory everyone may enter, such as /tmp");
  }

  /** Removes a directory with all in it, if it is there. */
  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
