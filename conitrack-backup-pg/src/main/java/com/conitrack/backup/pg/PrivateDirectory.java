package com.conitrack.backup.pg;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A temporary directory that only its owner can enter, with the one file that a child process reads
 * its password from. Its name says which process made it, so that what a killed process left is
 * known for what it is and removed by the next one.
 */
final class PrivateDirectory implements AutoCloseable {
  private static final String PREFIX = "conitrack-backup-pg-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-(\\d+)-(\\d+)-.*");

  private final Path directory;
  private final Path file;

  private PrivateDirectory(Path directory) {
    this.directory = directory;
    this.file = directory.resolve("passfile");
  }

  /** Makes one below {@code parent} and writes {@code content} into its file. */
  static PrivateDirectory create(Path parent, byte[] content) throws IOException {
    Path directory = Files.createTempDirectory(parent, ownPrefix(), onlyOwner(parent, "rwx------"));
    PrivateDirectory made = new PrivateDirectory(directory);
    try {
      Files.createFile(made.file, onlyOwner(parent, "rw-------"));
      Files.write(made.file, content, StandardOpenOption.WRITE);
      return made;
    } catch (IOException e) {
      made.close();
      throw e;
    }
  }

  Path file() {
    return file;
  }

  /** Removes file and directory. Never throws: what is left is swept by the next process. */
  @Override
  public void close() {
    remove(directory);
  }

  /** Removes from {@code parent} what processes that no longer live have left. */
  static void sweep(Path parent) {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path directory : left) {
        Matcher name = NAME.matcher(directory.getFileName().toString());
        if (name.matches() && isAbandoned(name)) {
          remove(directory);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // A directory that cannot be listed cannot be swept; making a file in it tells the reason.
    }
  }

  private static String ownPrefix() {
    ProcessHandle self = ProcessHandle.current();
    return PREFIX + processSpace() + "-" + self.pid() + "-" + startMillis(self) + "-";
  }

  /** Whether the process it names is gone, or its number belongs to another one by now. */
  private static boolean isAbandoned(Matcher name) {
    if (!name.group(1).equals(processSpace())) {
      return false; // Made in another container: its process cannot be seen from here.
    }
    Optional<ProcessHandle> maker = ProcessHandle.of(Long.parseLong(name.group(2)));
    return maker.isEmpty() || !name.group(3).equals(startMillis(maker.get()));
  }

  /** Which set of process numbers this process lives in (Linux: its PID namespace), else zero. */
  private static String processSpace() {
    try {
      String link = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
      return link.replaceAll("\\D", "");
    } catch (IOException | UnsupportedOperationException e) {
      return "0";
    }
  }

  private static String startMillis(ProcessHandle process) {
    return Long.toString(process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
  }

  private static FileAttribute<?>[] onlyOwner(Path parent, String permissions) {
    Set<String> views = parent.getFileSystem().supportedFileAttributeViews();
    if (!views.contains("posix")) {
      return new FileAttribute<?>
          [0]; // Windows: the user's temporary directory is the user's alone.
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
    };
  }

  private static void remove(Path directory) {
    try {
      Files.deleteIfExists(directory.resolve("passfile"));
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      // Another user's, or held open (Windows); the next sweep tries again.
    }
  }
}
