package com.conitrack.backup.storage.r2;

import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.ObjectKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Tells this library's unfinished multipart uploads from those of others. A store's list of open
 * uploads shows their names and when they began, but nothing that could mark one as ours, and a
 * bucket may be shared. So before an upload begins, a small object that holds its key and its
 * owner, a line each, is put below {@code .conitrack-uploads/}; it goes when the upload has ended.
 * One that is still there later names a key at which an upload of ours, begun at about the same
 * time, may have been left.
 */
final class Announcements {
  private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);

  /** An upload begins right after its announcement, repeated requests and all. */
  private static final Duration AT_ONCE = Duration.ofMinutes(15);

  private static final ObjectAttributes TEXT =
      new ObjectAttributes("text/plain; charset=us-ascii", Map.of());

  private final Bucket bucket;
  private final Names names;
  private final Deletion deletion;

  Announcements(Bucket bucket, Names names, Deletion deletion) {
    this.bucket = bucket;
    this.names = names;
    this.deletion = deletion;
  }

  /** Announces an upload and returns the announcement's name. */
  String announce(String key, String owner) {
    byte[] content = (key + "\n" + owner).getBytes(StandardCharsets.US_ASCII);
    PartBuffer buffer = new PartBuffer(content.length);
    buffer.put(content, 0, content.length);
    String name = names.newAnnouncement();
    bucket.put(name, buffer, Description.of(TEXT, null), false);
    return name;
  }

  /**
   * Removes the announcement of an upload that has ended, unless the store still has an open upload
   * of that name: a repeated request may have begun two. Never throws: what stays is swept.
   */
  void settle(String announcement, String key) {
    try {
      if (bucket.uploads(names.of(key)).isEmpty()) {
        deletion.delete(announcement);
      }
    } catch (SdkException e) {
      LOG.debug("the announcement of '{}' stays: {}", key, e.toString());
    }
  }

  /** Ends uploads that were left before that time, and tells of each. */
  List<String> sweep(Instant olderThan) {
    List<String> removed = new ArrayList<>();
    for (S3Object announcement : bucket.list(names.announcements())) {
      if (announcement.lastModified().isBefore(olderThan)) {
        read(announcement)
            .ifPresent(said -> sweep(said, upload -> !isAtWork(upload, olderThan), removed));
      }
    }
    return removed;
  }

  /** Ends all uploads of that owner, and tells of each. */
  List<String> sweepOwned(String owner) {
    List<String> removed = new ArrayList<>();
    for (S3Object announcement : bucket.list(names.announcements())) {
      read(announcement)
          .filter(said -> said.owner.equals(owner))
          .ifPresent(said -> sweep(said, upload -> true, removed));
    }
    return removed;
  }

  /** An announcement and what it says. */
  private record Said(S3Object announcement, String key, String owner) {}

  private void sweep(Said said, Predicate<MultipartUpload> isDead, List<String> removed) {
    boolean allEnded = true;
    for (MultipartUpload upload : bucket.uploads(names.of(said.key))) {
      if (!isAnnounced(upload, said.announcement)) {
        continue;
      }
      if (isDead.test(upload)) {
        new OpenUpload(bucket, upload.key(), upload.uploadId()).end();
        removed.add("unfinished upload of '%s', begun %s".formatted(said.key, upload.initiated()));
      } else {
        allEnded = false;
      }
    }
    if (allEnded) {
      forget(said.announcement);
    }
  }

  private Optional<Said> read(S3Object announcement) {
    String text = new String(bucket.getAll(announcement.key()), StandardCharsets.US_ASCII);
    String[] lines = text.split("\n", 2);
    return lines.length == 2 && ObjectKeys.isKey(lines[0])
        ? Optional.of(new Said(announcement, lines[0], lines[1]))
        : Optional.empty();
  }

  private static boolean isAnnounced(MultipartUpload upload, S3Object announcement) {
    Duration apart = Duration.between(announcement.lastModified(), upload.initiated()).abs();
    return apart.compareTo(AT_ONCE) <= 0;
  }

  private boolean isAtWork(MultipartUpload upload, Instant olderThan) {
    return !upload.initiated().isBefore(olderThan)
        || bucket.parts(upload.key(), upload.uploadId()).orElse(List.of()).stream()
            .map(Part::lastModified)
            .anyMatch(last -> !last.isBefore(olderThan));
  }

  /** A bucket that keeps all objects for a time keeps announcements, too; a later run succeeds. */
  private void forget(S3Object announcement) {
    try {
      deletion.delete(announcement.key());
    } catch (SdkException e) {
      LOG.debug("{} stays: {}", announcement.key(), e.toString());
    }
  }
}
