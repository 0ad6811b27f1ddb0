package com.conitrack.backup.storage.fs;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a finished file its final name, all at once and only if the name is free, and makes that
 * durable. {@code rename} would replace a file that is there, so:
 *
 * <ul>
 *   <li>normally the final name is made as a hard link, which fails if the name exists (link(2)),
 *       and the temporary name is removed;
 *   <li>where the file system has no hard links (FAT, exFAT, some network shares), a {@link Claim}
 *       on the name is taken by exclusive creation, the name is seen to be free, the file is
 *       renamed, and the claim is given up. That is create-only among all who publish through this
 *       class; a foreign program that makes the very same name in that instant is not seen.
 * </ul>
 */
final class Publisher {
  private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

  /** Makes hard links; a seam so that file systems without them can be tested. */
  @FunctionalInterface
  interface HardLinks {
    void create(Path link, Path existing) throws IOException;
  }

  private static final boolean DIRECTORIES_CAN_BE_SYNCED =
      !System.getProperty("os.name", "").startsWith("Windows");

  private final HardLinks links;
  private final Path root;

  /**
   * @param links makes hard links
   * @param root the topmost directory whose entries are to be durable
   */
  Publisher(HardLinks links, Path root) {
    this.links = links;
    this.root = root;
  }

  /**
   * Moves {@code written}, whose bytes are on disk, to {@code target} in the same directory. After
   * an exception {@code target} is as it was.
   *
   * @throws FileAlreadyExistsException if {@code target} exists
   */
  void publish(Path written, Path target) throws IOException {
    if (linked(written, target)) {
      syncOrUndo(target);
    } else {
      renameUnderClaim(written, target);
    }
  }

  /** Makes the entries of the directories that lead from the root to {@code file} durable. */
  void syncAbove(Path file) throws IOException {
    Path each = file.getParent();
    for (; each != null && each.startsWith(root); each = each.getParent()) {
      sync(each);
    }
  }

  private boolean linked(Path written, Path target) throws IOException {
    try {
      links.create(target, written);
    } catch (FileAlreadyExistsException e) {
      requireOurs(written, target, e);
    } catch (IOException | UnsupportedOperationException e) {
      if (canLink(written)) {
        throw e;
      }
      return false;
    }
    forget(written);
    return true;
  }

  /** Over NFS a repeated request may report that the link exists which it has made itself. */
  private static void requireOurs(Path written, Path target, FileAlreadyExistsException e)
      throws IOException {
    if (!Files.isSameFile(written, target)) {
      throw e;
    }
  }

  /**
   * Whether links are possible here. Asked by trying, because the reason of a failure is told only
   * in the user's language, and taking a passing failure for a lack of links would bypass other
   * writers.
   */
  private boolean canLink(Path written) {
    Path probe = WorkFiles.newPartFor(written);
    try {
      links.create(probe, written);
      forget(probe);
      return true;
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("no hard links beside {}: {}", written, e.toString());
      return false;
    }
  }

  private synchronized void renameUnderClaim(Path written, Path target) throws IOException {
    Claim claim = Claim.take(WorkFiles.claimOn(target));
    try (claim) {
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
      syncOrUndo(target);
    }
  }

  private void syncOrUndo(Path target) throws IOException {
    try {
      syncAbove(target);
    } catch (IOException e) {
      undo(target, e);
      throw e;
    }
  }

  private static void undo(Path target, IOException why) {
    try {
      Files.deleteIfExists(target);
    } catch (IOException e) {
      why.addSuppressed(e);
    }
  }

  private static void sync(Path directory) throws IOException {
    if (DIRECTORIES_CAN_BE_SYNCED) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Removes a name that sweep would remove later anyway. */
  static void forget(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      LOG.warn("unable to remove temporary file '{}': {}; sweep will", part, e.toString());
    }
  }
}
