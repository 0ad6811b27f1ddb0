package com.conitrack.backup.storage.fs;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of the files that exist only while an object is being written. They start with a dot, which
 * no key does, so none of them can be found, listed or opened as an object.
 *
 * <ul>
 *   <li>{@code .NAME.HOST-PID-START-RANDOM.conitrack-part}: an upload's bytes, beside its target
 *   <li>{@code .NAME.conitrack-claim}: the right to publish {@code NAME}, see {@link Claim}
 *   <li>{@code .NAME.conitrack-claim-NUMBER}: the right to remove one such claim
 * </ul>
 */
final class WorkFiles {
  private static final String PART = ".conitrack-part";
  private static final String CLAIM = ".conitrack-claim";
  private static final Pattern RIGHT_NAME =
      Pattern.compile("\\..+" + Pattern.quote(CLAIM) + "-[0-9a-f]{8}");
  private static final Pattern PART_NAME =
      Pattern.compile("\\..+\\.(" + Writer.PATTERN + ")-[0-9a-f]{8}" + Pattern.quote(PART));

  /** With all that is added to it, a part's name stays below the usual limit of 255 bytes. */
  private static final int KEPT_OF_NAME = 80;

  private WorkFiles() {}

  /** A fresh name for bytes on their way to {@code target}. */
  static Path newPartFor(Path target) {
    String name = fileName(target);
    String kept = name.substring(0, Math.min(name.length(), KEPT_OF_NAME));
    return target.resolveSibling("." + kept + "." + Writer.self() + "-" + random() + PART);
  }

  /** The one claim there can be on {@code target}. */
  static Path claimOn(Path target) {
    return target.resolveSibling("." + fileName(target) + CLAIM);
  }

  /** Who writes or wrote the part; empty if the file is not one of ours. */
  static Optional<Writer> writerOfPart(Path file) {
    Matcher matcher = PART_NAME.matcher(fileName(file));
    return matcher.matches() ? Writer.parse(matcher.group(1)) : Optional.empty();
  }

  /** The one right there can be to remove a claim, of which {@code number} is a digest. */
  static Path rightToRemove(Path claim, int number) {
    return claim.resolveSibling(fileName(claim) + "-" + HexFormat.of().toHexDigits(number));
  }

  static boolean isRightToRemove(Path file) {
    return RIGHT_NAME.matcher(fileName(file)).matches();
  }

  static boolean isClaim(Path file) {
    return fileName(file).startsWith(".") && fileName(file).endsWith(CLAIM);
  }

  /** Eight hexadecimal digits. */
  static String random() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  }

  static String fileName(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }
}
