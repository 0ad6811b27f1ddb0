package com.conitrack.backup.storage.fs;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The right to publish one object where hard links do not exist: a file whose exclusive creation
 * ({@code O_EXCL}, which FAT, exFAT and SMB honour) only one process can achieve. It holds the name
 * of its {@link Writer} and a random number, so that a claim whose holder died can be told from one
 * in use, and from every other claim.
 *
 * <p>To remove a dead claim, the right to remove that very claim is taken the same way, and the
 * claim is read again: so of two processes that find the same dead claim, the slower one cannot
 * remove the claim that the faster one has made meanwhile.
 */
final class Claim implements AutoCloseable {
  /** Holding a claim takes as long as a rename and a directory's fsync. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Pattern CONTENT = Pattern.compile("(" + Writer.PATTERN + ")-[0-9a-f]{8}");
  private static final long PAUSE_MILLIS = 10;

  private final Path file;

  private Claim(Path file) {
    this.file = file;
  }

  /**
   * Takes the claim, waiting for a holder that lives.
   *
   * @throws FileSystemException if it is not free in time
   */
  static Claim take(Path file) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!created(file)) {
      if (System.nanoTime() > deadline) {
        throw new FileSystemException(
            file.toString(),
            null,
            "another process has kept its claim for " + PATIENCE.toSeconds() + " s");
      }
      if (!removeIfDead(file)) {
        pause();
      }
    }
    return new Claim(file);
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Removes the claim if its holder is known to have ended. */
  static boolean removeIfDead(Path file) throws IOException {
    return remove(file, holder -> holder.map(Writer::isDead).orElse(false));
  }

  /** Removes the claim unless its holder is of this host and may live: for claims of some age. */
  static boolean removeIfNotAlive(Path file) throws IOException {
    return remove(file, holder -> holder.map(w -> !w.isLocal() || w.isDead()).orElse(true));
  }

  private static boolean created(Path file) throws IOException {
    try {
      Files.createFile(file, Access.OWNER_ONLY_FILE);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    try {
      Files.writeString(file, Writer.self() + "-" + WorkFiles.random());
      return true;
    } catch (IOException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static boolean remove(Path file, Predicate<Optional<Writer>> condition)
      throws IOException {
    try {
      String holder = Files.readString(file);
      return condition.test(writerIn(holder)) && removeIfStillHeldBy(holder, file);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static boolean removeIfStillHeldBy(String holder, Path file) throws IOException {
    Path right = WorkFiles.rightToRemove(file, holder.hashCode());
    try {
      Files.createFile(right, Access.OWNER_ONLY_FILE);
    } catch (FileAlreadyExistsException e) {
      return false;
    }
    try {
      return Files.readString(file).equals(holder) && Files.deleteIfExists(file);
    } finally {
      Files.deleteIfExists(right);
    }
  }

  /** Empty for a claim whose holder has not finished writing it. */
  private static Optional<Writer> writerIn(String holder) {
    Matcher matcher = CONTENT.matcher(holder);
    return matcher.matches() ? Writer.parse(matcher.group(1)) : Optional.empty();
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for another process");
    }
  }
}
