package com.conitrack.backup.archive;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A temporary directory that only its owner can enter. Its name tells which process made it, so
 * that the next one recognises what a killed process has left, and removes it.
 */
final class UnpackDirectory implements AutoCloseable {
  private static final String PREFIX = "conitrack-backup-unpacked-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-(\\d+)-(\\d+)-.*");

  private final Path path;

  private UnpackDirectory(Path path) {
    this.path = path;
  }

  /** Makes one in {@code parent}, and removes from there what processes that died have left. */
  static UnpackDirectory create(Path parent) throws IOException {
    sweep(parent);
    ProcessHandle self = ProcessHandle.current();
    String prefix = PREFIX + processSpace() + "-" + self.pid() + "-" + startMillis(self) + "-";
    return new UnpackDirectory(Files.createTempDirectory(parent, prefix, onlyOwner(parent)));
  }

  Path path() {
    return path;
  }

  /** Removes it with what is in it. Never throws: what is left is swept by the next process. */
  @Override
  public void close() {
    remove(path);
  }

  private static FileAttribute<?>[] onlyOwner(Path parent) {
    return parent.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void sweep(Path parent) {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path directory : left) {
        Matcher name = NAME.matcher(directory.getFileName().toString());
        if (name.matches() && isAbandoned(name)) {
          remove(directory);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // What cannot be listed cannot be swept; making a directory in it tells the reason.
    }
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
      return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString().replaceAll("\\D", "");
    } catch (IOException | UnsupportedOperationException e) {
      return "0";
    }
  }

  private static String startMillis(ProcessHandle process) {
    return Long.toString(process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
  }

  /** Files lie flat in it, as {@link TarUnpacker} put them. */
  private static void remove(Path directory) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException | DirectoryIteratorException e) {
      // Another user's, or held open (Windows); the next sweep tries again.
    }
  }
}
