package com.conitrack.backup.storage.gcs;

import com.conitrack.backup.core.model.StorageException;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobTargetOption;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes one object visible and holds the server to what was sent. An answer may be lost, and the
 * client then asks again and is told that the key is taken, by its own first request. So each
 * object carries a mark that no other has, and it is looked for.
 */
final class Commitment {
  /** The metadata key of the mark. */
  static final String MARK = "conitrack-upload";

  private final Storage client;
  private final BlobInfo target;
  private final Failures failures;

  /**
   * @param target with a {@link #MARK}
   */
  Commitment(Storage client, BlobInfo target, Failures failures) {
    this.client = client;
    this.target = target;
    this.failures = failures;
  }

  BlobInfo inOneRequest(String what, byte[] content, long crc32c) {
    BlobInfo stored;
    try {
      // The client adds the checksum of what it is given.
      stored = client.create(target, content, BlobTargetOption.doesNotExist());
    } catch (RuntimeException e) {
      stored = settle(what, e);
    }
    return proved(what, stored, content.length, crc32c);
  }

  BlobInfo ofSession(String what, WriteChannel session, long bytes, long crc32c) {
    BlobInfo stored;
    try {
      session.close();
      stored = find().orElseThrow(() -> new IOException("it is not there after its last part"));
    } catch (IOException | RuntimeException e) {
      stored = settle(what, e);
    }
    return proved(what, stored, bytes, crc32c);
  }

  /** Whether the object is there in spite of the failure. */
  private BlobInfo settle(String what, Exception failure) {
    Optional<Answer> answer = Answer.in(failure);
    boolean taken = answer.filter(a -> a.code() == 412).isPresent();
    boolean refused = answer.filter(a -> !a.isPassing()).isPresent();
    if (refused && !taken) {
      throw failures.of(what, failure);
    }
    Optional<Blob> found = lookAgain(what, failure);
    if (found.isPresent() && isOurs(found.get())) {
      return found.get();
    }
    if (taken || found.isPresent()) {
      throw failures.keyTaken(what);
    }
    throw failures.uncertain(what, failure);
  }

  private Optional<Blob> lookAgain(String what, Exception failure) {
    try {
      return find();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      throw failures.uncertain(what, failure);
    }
  }

  private Optional<Blob> find() {
    return Optional.ofNullable(client.get(target.getBlobId()));
  }

  private boolean isOurs(BlobInfo found) {
    Map<String, String> metadata = found.getMetadata();
    return metadata != null && Objects.equals(metadata.get(MARK), mark());
  }

  private String mark() {
    return Objects.requireNonNull(Objects.requireNonNull(target.getMetadata()).get(MARK));
  }

  private BlobInfo proved(String what, BlobInfo stored, long bytes, long crc32c) {
    if (!isOurs(stored)) {
      throw failures.keyTaken(what);
    }
    boolean sameSize = Objects.equals(stored.getSize(), bytes);
    if (sameSize && encode(crc32c).equals(stored.getCrc32c())) {
      return stored;
    }
    String difference =
        sameSize
            ? "the server's checksum of it differs from that of what was sent"
            : "%,d bytes were sent, the server has %,d".formatted(bytes, stored.getSize());
    throw failures.arrivedDamaged(what, difference, remove(stored));
  }

  /** What became of the object that is there and should not be. */
  private String remove(BlobInfo damaged) {
    try {
      client.delete(damaged.getBlobId());
      return "the object was deleted again";
    } catch (RuntimeException e) {
      StorageException why = failures.of("unable to delete it", e);
      return "the object is still there: " + why.getMessage();
    }
  }

  /** As the server writes it: the four bytes, highest first, in Base64. */
  static String encode(long crc32c) {
    return Base64.getEncoder()
        .encodeToString(ByteBuffer.allocate(Integer.BYTES).putInt((int) crc32c).array());
  }
}
