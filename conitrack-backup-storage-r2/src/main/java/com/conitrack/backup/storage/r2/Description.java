package com.conitrack.backup.storage.r2;

import com.conitrack.backup.core.port.ObjectAttributes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * What is said of an object in the headers of its request.
 *
 * @param contentType its media type
 * @param metadata its user metadata, among them the token
 * @param lock how it is protected, if it is
 */
record Description(String contentType, Map<String, String> metadata, Optional<Lock> lock) {
  /**
   * The metadata whose value no two uploads share: when it does not get to know whether it made the
   * object, an upload recognises its own by it.
   */
  private static final String TOKEN = "conitrack-upload";

  /**
   * How an object is protected.
   *
   * @param mode how strictly, in the words of the S3 protocol
   * @param until until when
   */
  record Lock(String mode, Instant until) {}

  static Description of(ObjectAttributes attributes, @Nullable ObjectLockMode lockMode) {
    Map<String, String> metadata = new HashMap<>(attributes.metadata());
    metadata.put(TOKEN, UUID.randomUUID().toString());
    return new Description(
        attributes.contentType(), Map.copyOf(metadata), lock(attributes.retainUntil(), lockMode));
  }

  private static Optional<Lock> lock(@Nullable Instant until, @Nullable ObjectLockMode mode) {
    return until == null || mode == null
        ? Optional.empty()
        : Optional.of(new Lock(mode.name(), until));
  }

  /** Whose upload it is, the empty string if that was not said. */
  String owner() {
    return metadata.getOrDefault(ObjectAttributes.OWNER, "");
  }

  /** Whether the object that was found is the one so described. */
  boolean isOf(HeadObjectResponse found) {
    return found.hasMetadata() && Objects.equals(metadata.get(TOKEN), found.metadata().get(TOKEN));
  }
}
