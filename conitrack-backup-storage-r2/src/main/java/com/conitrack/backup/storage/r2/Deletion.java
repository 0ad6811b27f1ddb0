package com.conitrack.backup.storage.r2;

import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;

/**
 * Deletes objects for good. In a bucket with versions, a plain DELETE only hides the object behind
 * a marker, and succeeds even if the object is locked; there, each version is deleted by its id.
 */
final class Deletion {
  /** Versions of one key, of which there should be one: keys are never overwritten here. */
  private static final int MOST_VERSIONS = 1_000;

  private static final int FORBIDDEN = 403;
  private static final String ACCESS_DENIED = "AccessDenied";

  private final Bucket bucket;
  private final Clock clock;

  Deletion(Bucket bucket, Clock clock) {
    this.bucket = bucket;
    this.clock = clock;
  }

  /** Deletes every version of an object, and returns whether there was one. */
  boolean delete(String name) {
    Optional<HeadObjectResponse> found = bucket.head(name);
    boolean existed = found.isPresent();
    for (int i = 0; i < MOST_VERSIONS && found.isPresent(); i++) {
      String version = version(found.get());
      bucket.delete(name, version);
      found = version == null ? Optional.empty() : bucket.head(name);
    }
    return existed;
  }

  /** What protects an object whose deletion failed; empty if nothing is known to. */
  Optional<String> protection(String name, SdkException failure) {
    if (!(failure instanceof AwsServiceException refusal)
        || refusal.statusCode() != FORBIDDEN
        || !Failures.code(refusal).filter(ACCESS_DENIED::equals).isPresent()) {
      return Optional.empty();
    }
    try {
      return bucket.head(name).flatMap(found -> protection(name, found));
    } catch (SdkException e) {
      failure.addSuppressed(e);
      return Optional.empty();
    }
  }

  private Optional<String> protection(String name, HeadObjectResponse found) {
    if (found.objectLockLegalHoldStatus() == ObjectLockLegalHoldStatus.ON
        || bucket.isHeld(name, version(found))) {
      return Optional.of("a legal hold");
    }
    return Optional.ofNullable(found.objectLockRetainUntilDate())
        .or(() -> bucket.retention(name, version(found)))
        .filter(until -> until.isAfter(clock.instant()))
        .map(until -> "object lock until " + until);
  }

  private static @Nullable String version(HeadObjectResponse found) {
    String version = found.versionId();
    return version == null || version.isBlank() ? null : version;
  }
}
