package com.conitrack.backup.storage.r2;

import com.conitrack.backup.core.model.ErrorKind;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What the error codes of stores mean: Amazon's "Error responses" in the S3 API reference,
 * Cloudflare's "Error codes" of R2, and MinIO's where they differ.
 */
final class Answers {
  private static final int PRECONDITION_FAILED = 412;
  private static final int NOT_IMPLEMENTED = 501;
  private static final int NO_ROOM = 507;
  private static final int SERVER_ERROR = 500;

  private final String bucket;
  private final String place;
  private final Clock clock;

  Answers(String bucket, String place, Clock clock) {
    this.bucket = bucket;
    this.place = place;
    this.clock = clock;
  }

  Reason reason(AwsServiceException e, Action action) {
    String code = Failures.code(e).orElse("");
    return switch (code) {
      case "InvalidAccessKeyId",
          "Unauthorized",
          "InvalidToken",
          "ExpiredToken",
          "TokenRefreshRequired" ->
          new Reason(
              ErrorKind.AUTHENTICATION,
              "the store does not know the access key id, or it has expired: " + said(e),
              "check the access key id; make a new key if it was revoked");
      case "SignatureDoesNotMatch" ->
          new Reason(
              ErrorKind.AUTHENTICATION,
              "the secret access key is not the one of this access key id: " + said(e),
              "check the secret access key; a stray blank or line break counts");
      case "RequestTimeTooSkewed", "RequestExpired", "ExpiredRequest" -> skewed(e);
      case "AccessDenied", "AllAccessDisabled", "AccountProblem", "NotEntitled" ->
          denied(e, action);
      case "NoSuchBucket" ->
          new Reason(
              ErrorKind.NOT_FOUND,
              "there is no bucket '" + bucket + "' at " + place,
              "check the name (and for R2 the account and jurisdiction), or make the bucket; it is"
                  + " never made here");
      case "InvalidBucketName" ->
          new Reason(
              ErrorKind.CONFIGURATION,
              "the store takes no bucket name like '" + bucket + "'",
              "check the bucket's name");
      case "NoSuchKey" ->
          new Reason(
              ErrorKind.NOT_FOUND,
              "there is no such object",
              "list the storage to see what is there");
      case "NoSuchUpload" ->
          new Reason(
              ErrorKind.IO,
              "the store has dropped the unfinished upload",
              "look for another program or a lifecycle rule that ends uploads, and repeat it");
      case "ObjectLockedByBucketPolicy", "ObjectLocked" ->
          new Reason(
              ErrorKind.IMMUTABLE,
              "a lock on the bucket protects the object: " + said(e),
              "that is as the bucket was told to; delete it afterwards");
      case "EntityTooLarge" ->
          new Reason(
              ErrorKind.CONFIGURATION,
              "the store takes no part or object so large: " + said(e),
              "lower part-size (partBytes)");
      case "EntityTooSmall" ->
          new Reason(
              ErrorKind.CONFIGURATION,
              "the store wants larger parts: " + said(e),
              "raise part-size (partBytes)");
      case "BadDigest", "InvalidDigest", "XAmzContentSHA256Mismatch" ->
          new Reason(
              ErrorKind.DAMAGED,
              "the bytes were changed on their way: " + said(e),
              "look at what stands between this host and the store, and at its memory");
      default -> byStatus(e, code);
    };
  }

  private Reason byStatus(AwsServiceException e, String code) {
    if (e.isThrottlingException() || code.equals("SlowDown") || code.equals("TooManyRequests")) {
      return new Reason(
          ErrorKind.IO,
          "the store asks for fewer requests: " + said(e),
          "it was tried again and again; repeat it later, or ask the store for more");
    }
    if (isFull(e, code)) {
      return new Reason(
          ErrorKind.FULL,
          "the store has no room left: " + said(e),
          "prune backups, or raise the quota");
    }
    if (isElsewhere(e, code)) {
      return elsewhere(e);
    }
    if (said(e).contains("Object Lock") || said(e).contains("ObjectLock")) {
      return new Reason(
          ErrorKind.CONFIGURATION,
          "the bucket has no Object Lock: " + said(e),
          "switch Object Lock on for the bucket, or the storage's lock off");
    }
    return other(e);
  }

  private Reason other(AwsServiceException e) {
    if (e.statusCode() == PRECONDITION_FAILED) {
      return new Reason(ErrorKind.ALREADY_EXISTS, "the key exists", "choose another key");
    }
    if (e.statusCode() == NOT_IMPLEMENTED) {
      return new Reason(
          ErrorKind.CONFIGURATION,
          "the store does not know something that was asked: " + said(e),
          "if it knows no conditional writes, switch them off (conditional-writes: false); if no"
              + " object lock, leave lock out");
    }
    if (e.statusCode() >= SERVER_ERROR) {
      return new Reason(
          ErrorKind.IO, "the store failed: " + said(e), "it is the store's own trouble; repeat it");
    }
    return new Reason(ErrorKind.IO, said(e), null);
  }

  private Reason denied(AwsServiceException e, Action action) {
    return new Reason(
        ErrorKind.PERMISSION,
        "the key may not do this: " + said(e),
        "give it "
            + action.permission()
            + " on bucket '"
            + bucket
            + "' (for R2: an API token with Object Read & Write on it)");
  }

  private Reason skewed(AwsServiceException e) {
    return new Reason(
        ErrorKind.CONFIGURATION,
        "this host's clock is wrong"
            + skew(e).map(skew -> ": it differs from the store's by " + skew).orElse("")
            + ": "
            + said(e),
        "set the clock; let NTP keep it (timedatectl set-ntp true)");
  }

  private Optional<String> skew(AwsServiceException e) {
    return header(e, "Date")
        .flatMap(Answers::parse)
        .map(theirs -> Duration.between(theirs, clock.instant()).abs())
        .map(skew -> skew.toSeconds() + " s");
  }

  private static Optional<Instant> parse(String httpDate) {
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(httpDate)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isFull(AwsServiceException e, String code) {
    return e.statusCode() == NO_ROOM
        || code.equals("QuotaExceeded")
        || code.contains("StorageFull")
        || code.contains("StorageQuota")
        || code.equals("InsufficientStorage");
  }

  private static boolean isElsewhere(AwsServiceException e, String code) {
    return e.statusCode() / 100 == 3
        || code.equals("AuthorizationHeaderMalformed")
        || code.equals("IllegalLocationConstraintException");
  }

  private Reason elsewhere(AwsServiceException e) {
    return new Reason(
        ErrorKind.CONFIGURATION,
        "the bucket is in another region or at another endpoint: " + said(e),
        header(e, "x-amz-bucket-region")
            .map(region -> "set the region to " + region)
            .orElse("check region and endpoint"));
  }

  private static Optional<String> header(AwsServiceException e, String name) {
    return Optional.ofNullable(e.awsErrorDetails())
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(response -> response.firstMatchingHeader(name));
  }

  /** Status, code and message, as the store gave them. */
  private static String said(AwsServiceException e) {
    String message =
        Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorMessage).orElse("");
    return (e.statusCode() + " " + Failures.code(e).orElse("") + " " + message)
        .replaceAll("\\s+", " ")
        .strip();
  }
}
