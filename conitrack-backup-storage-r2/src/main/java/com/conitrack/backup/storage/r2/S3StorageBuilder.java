package com.conitrack.backup.storage.r2;

import com.conitrack.backup.core.port.ObjectKeys;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Describes an {@link S3Storage}. Only {@link #bucket} has to be given; without {@link #endpoint}
 * it is Amazon S3, without {@link #credentials} the AWS SDK looks for them where it always does
 * (environment, system properties, {@code ~/.aws}, container, instance). Not for use by several
 * threads at once.
 */
public final class S3StorageBuilder {
  static final int MEBIBYTE = 1024 * 1024;
  private static final long LEAST_PART = 5L * MEBIBYTE;
  private static final long MOST_PART = 5L * 1024 * MEBIBYTE;
  private static final int MOST_IN_FLIGHT = 32;

  final String name;
  @Nullable String bucket;
  String prefix = "";
  @Nullable URI endpoint;
  @Nullable String region;
  @Nullable Supplier<String> accessKeyId;
  @Nullable Supplier<String> secretAccessKey;
  @Nullable S3Client client;
  boolean pathStyle;
  boolean conditionalWrites = true;
  @Nullable ObjectLockMode objectLock;
  long partBytes = 8L * MEBIBYTE;
  int partsInFlight = 2;
  int mostParts = 10_000;
  int attempts = 4;
  Duration attemptTimeout = Duration.ofSeconds(90);
  Duration callTimeout = Duration.ofMinutes(5);
  Clock clock = Clock.systemUTC();

  S3StorageBuilder(String name) {
    this.name = name;
  }

  /** The bucket. It must exist: this library makes none. */
  public S3StorageBuilder bucket(String value) {
    if (!value.matches("[a-zA-Z0-9][a-zA-Z0-9._-]{1,254}")) {
      throw new IllegalArgumentException("not a bucket name: '" + value + "'");
    }
    bucket = value;
    return this;
  }

  /**
   * What all keys in the bucket start with, such as {@code conitrack/production}; it is followed by
   * a {@code /}. Empty by default: keys are as they are. Storages that share a bucket need prefixes
   * of which none begins another.
   */
  public S3StorageBuilder prefix(String value) {
    String bare = value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    prefix = bare.isEmpty() ? "" : ObjectKeys.require(bare) + "/";
    return this;
  }

  /**
   * Where the store is, such as {@code https://s3.example:9000}. It names no user: see {@link
   * #credentials}.
   */
  public S3StorageBuilder endpoint(URI value) {
    if (!"https".equals(value.getScheme()) && !"http".equals(value.getScheme())
        || value.getHost() == null
        || value.getRawUserInfo() != null) {
      throw new IllegalArgumentException(
          "an endpoint starts with https:// or http://, followed by a host, and names no user");
    }
    endpoint = value;
    return this;
  }

  /**
   * The region, such as {@code eu-central-1}; {@code us-east-1} by default if there is an endpoint.
   */
  public S3StorageBuilder region(String value) {
    region = value;
    return this;
  }

  /** The key to sign requests with. */
  public S3StorageBuilder credentials(String keyId, String secret) {
    return credentials(() -> keyId, () -> secret);
  }

  /**
   * The key to sign requests with. Both are asked whenever a request is signed, so that they may
   * change; what they throw fails the request.
   */
  public S3StorageBuilder credentials(Supplier<String> keyId, Supplier<String> secret) {
    accessKeyId = keyId;
    secretAccessKey = secret;
    return this;
  }

  /** Whether the bucket is in the path of a request's address instead of in its host name. */
  public S3StorageBuilder pathStyle(boolean value) {
    pathStyle = value;
    return this;
  }

  /**
   * Uses a client that the caller already has, and closes; endpoint, region, credentials, path
   * style and attempts are then the client's. For R2 and stores like it, it must have been made
   * with {@code requestChecksumCalculation} and {@code responseChecksumValidation} as {@code
   * WHEN_REQUIRED} and {@code chunkedEncodingEnabled(false)}.
   */
  public S3StorageBuilder client(S3Client value) {
    client = value;
    return this;
  }

  /**
   * Whether the store understands {@code If-None-Match: *} on PutObject and
   * CompleteMultipartUpload, as Amazon S3, R2 and MinIO do; true by default. If not, a key is
   * looked for right before it is written, and the storage does not claim {@link
   * com.conitrack.backup.core.port.StorageInfo.Capability#ATOMIC_CREATE}.
   */
  public S3StorageBuilder conditionalWrites(boolean value) {
    conditionalWrites = value;
    return this;
  }

  /**
   * Honours {@link com.conitrack.backup.core.port.ObjectAttributes#retainUntil()} by S3 Object
   * Lock, which the bucket must have been made with. Off by default, and not for R2.
   */
  public S3StorageBuilder objectLock(ObjectLockMode mode) {
    objectLock = mode;
    return this;
  }

  /**
   * How large the parts of a large object are, in bytes; 8 MiB by default. A store takes 10,000
   * parts, so this times 10,000 is the largest object: 78 GiB by default, 5 TiB with 525 MiB. An
   * open upload holds at most this times ({@link #partsInFlight} + 1) in memory: 24 MiB by default.
   * Smaller objects hold no more than their size, and are put in one request.
   *
   * @param bytes 5 MiB to 5 GiB, as S3 takes them
   */
  public S3StorageBuilder partBytes(long bytes) {
    if (bytes < LEAST_PART || bytes > MOST_PART) {
      throw new IllegalArgumentException("a part has 5 MiB to 5 GiB, not " + bytes + " bytes");
    }
    partBytes = bytes;
    return this;
  }

  /**
   * How many parts of one upload are sent at once; 2 by default.
   *
   * @param count 1 to 32
   */
  public S3StorageBuilder partsInFlight(int count) {
    if (count < 1 || count > MOST_IN_FLIGHT) {
      throw new IllegalArgumentException("1 to 32 parts can be in flight, not " + count);
    }
    partsInFlight = count;
    return this;
  }

  /**
   * How often a request is tried in all before it fails; 4 by default. This is the only place where
   * requests are repeated.
   *
   * @param count at least 1
   */
  public S3StorageBuilder attempts(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least 1 attempt is made, not " + count);
    }
    attempts = count;
    return this;
  }

  /**
   * How long a request may take.
   *
   * @param oneAttempt one try of it; 90 s by default, which one part must be sent within
   * @param all all tries together, at least as long; 5 minutes by default. Finishing a large object
   *     is given this for each try, and twice this in all
   */
  public S3StorageBuilder timeouts(Duration oneAttempt, Duration all) {
    if (oneAttempt.isNegative() || oneAttempt.isZero() || all.compareTo(oneAttempt) < 0) {
      throw new IllegalArgumentException(
          "one attempt must have time, and all attempts no less: " + oneAttempt + ", " + all);
    }
    attemptTimeout = oneAttempt;
    callTimeout = all;
    return this;
  }

  /** For tests of what happens when a store takes no further part. */
  S3StorageBuilder mostParts(int count) {
    mostParts = count;
    return this;
  }

  /** For tests of what depends on the time. */
  S3StorageBuilder clock(Clock value) {
    clock = value;
    return this;
  }

  /**
   * Makes the storage. Does no I/O.
   *
   * @return the storage, which the caller closes
   * @throws IllegalArgumentException if no bucket was given, or the name is none
   * @throws com.conitrack.backup.core.model.StorageException kind {@code CONFIGURATION} if the SDK
   *     finds no region or cannot use a setting
   */
  public S3Storage build() {
    return new S3Storage(this);
  }
}
