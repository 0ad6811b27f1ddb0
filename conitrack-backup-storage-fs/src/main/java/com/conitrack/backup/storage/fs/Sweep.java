package com.conitrack.backup.storage.fs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes work files whose writers have ended: a writer on this host is asked for; of one on
 * another host (another container, or this one before it was rebooted) only the file's age can
 * tell.
 */
final class Sweep {
  private final Instant olderThan;
  private final List<String> removed = new ArrayList<>();

  Sweep(Instant olderThan) {
    this.olderThan = olderThan;
  }

  /** What was removed, one description each. */
  List<String> run(Path root) throws IOException {
    new ObjectWalk("", this::consider).from(root);
    return List.copyOf(removed);
  }

  private void consider(Path file, String name, BasicFileAttributes attributes) throws IOException {
    if (isDebris(file, attributes) && Files.deleteIfExists(file)) {
      removed.add("unfinished upload of %,d bytes: %s".formatted(attributes.size(), name));
    } else if (WorkFiles.isClaim(file) && removeClaim(file, attributes)) {
      removed.add("claim of a writer that ended: " + name);
    }
  }

  private boolean isDebris(Path file, BasicFileAttributes attributes) {
    return WorkFiles.isRightToRemove(file)
        ? isOld(attributes)
        : WorkFiles.writerOfPart(file).map(writer -> isAbandoned(writer, attributes)).orElse(false);
  }

  private boolean removeClaim(Path file, BasicFileAttributes attributes) throws IOException {
    return isOld(attributes) ? Claim.removeIfNotAlive(file) : Claim.removeIfDead(file);
  }

  private boolean isAbandoned(Writer writer, BasicFileAttributes attributes) {
    return writer.isLocal() ? writer.isDead() : isOld(attributes);
  }

  private boolean isOld(BasicFileAttributes attributes) {
    return attributes.lastModifiedTime().toInstant().isBefore(olderThan);
  }
}
