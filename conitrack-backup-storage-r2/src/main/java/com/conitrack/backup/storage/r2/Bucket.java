package com.conitrack.backup.storage.r2;

import java.io.EOFException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHold;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The bucket, and what is asked of it: a method per request, each under the time limits. Names are
 * whole names of the bucket, with the prefix. All methods throw the SDK's exceptions.
 */
final class Bucket {
  private static final int NOT_FOUND = 404;

  private final S3Client client;
  private final String bucket;
  private final Consumer<AwsRequestOverrideConfiguration.Builder> limits;
  private final Consumer<AwsRequestOverrideConfiguration.Builder> finishLimits;
  private volatile boolean seen;

  Bucket(S3Client client, String bucket, Duration attempt, Duration call) {
    this.client = client;
    this.bucket = bucket;
    this.limits = limits(attempt, call);
    this.finishLimits = limits(call, call.multipliedBy(2));
  }

  private static Consumer<AwsRequestOverrideConfiguration.Builder> limits(
      Duration attempt, Duration call) {
    return override -> override.apiCallAttemptTimeout(attempt).apiCallTimeout(call);
  }

  /** What is known of an object; empty if there is none in a bucket that exists. */
  Optional<HeadObjectResponse> head(String name) {
    try {
      HeadObjectResponse found =
          client.headObject(
              request -> request.bucket(bucket).key(name).overrideConfiguration(limits));
      seen = true;
      if (found.contentLength() == null || found.lastModified() == null) {
        throw cutInItsHeaders();
      }
      return Optional.of(found);
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_FOUND) {
        throw explained(name, e);
      }
      requireBucket();
      return Optional.empty();
    }
  }

  /** The bytes of an object from one on; the caller closes or aborts the stream. */
  ResponseInputStream<GetObjectResponse> get(String name, long offset) {
    ResponseInputStream<GetObjectResponse> body =
        client.getObject(
            request ->
                request
                    .bucket(bucket)
                    .key(name)
                    .range(offset == 0 ? null : "bytes=" + offset + "-")
                    .overrideConfiguration(limits),
            // Whoever reads may be slow to begin: a restore, for instance, makes its database
            // first.
            ResponseTransformer.toInputStream(Duration.ZERO));
    if (body.response().contentLength() == null) {
      body.abort();
      throw cutInItsHeaders();
    }
    return body;
  }

  /** The client takes headers that end with the connection for all there are. */
  private static SdkClientException cutInItsHeaders() {
    String why = "the answer was cut within its headers";
    return SdkClientException.create(why, new EOFException(why));
  }

  /** A whole small object, for names of this library's own. */
  byte[] getAll(String name) {
    return client
        .getObjectAsBytes(request -> request.bucket(bucket).key(name).overrideConfiguration(limits))
        .asByteArray();
  }

  /**
   * Puts an object in one request.
   *
   * @param onlyNew whether to refuse if there is one of that name
   */
  void put(String name, PartBuffer bytes, Description description, boolean onlyNew) {
    client.putObject(
        request -> {
          request
              .bucket(bucket)
              .key(name)
              .contentType(description.contentType())
              .metadata(description.metadata())
              .contentMD5(bytes.md5())
              .ifNoneMatch(onlyNew ? "*" : null)
              .overrideConfiguration(limits);
          description
              .lock()
              .ifPresent(
                  lock ->
                      request.objectLockMode(lock.mode()).objectLockRetainUntilDate(lock.until()));
        },
        bytes.body());
  }

  /** Starts an upload in parts and returns its id. */
  String createUpload(String name, Description description) {
    return client
        .createMultipartUpload(
            request -> {
              request
                  .bucket(bucket)
                  .key(name)
                  .contentType(description.contentType())
                  .metadata(description.metadata())
                  .overrideConfiguration(limits);
              description
                  .lock()
                  .ifPresent(
                      lock ->
                          request
                              .objectLockMode(lock.mode())
                              .objectLockRetainUntilDate(lock.until()));
            })
        .uploadId();
  }

  CompletedPart putPart(String name, String uploadId, int number, PartBuffer bytes) {
    String tag =
        client
            .uploadPart(
                request ->
                    request
                        .bucket(bucket)
                        .key(name)
                        .uploadId(uploadId)
                        .partNumber(number)
                        .contentMD5(bytes.md5())
                        .overrideConfiguration(limits),
                bytes.body())
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(tag).build();
  }

  /** Makes an object of parts. A large one can take a store minutes. */
  void complete(String name, String uploadId, Collection<CompletedPart> parts, boolean onlyNew) {
    client.completeMultipartUpload(
        request ->
            request
                .bucket(bucket)
                .key(name)
                .uploadId(uploadId)
                .multipartUpload(all -> all.parts(parts))
                .ifNoneMatch(onlyNew ? "*" : null)
                .overrideConfiguration(finishLimits));
  }

  void abort(String name, String uploadId) {
    client.abortMultipartUpload(
        request ->
            request.bucket(bucket).key(name).uploadId(uploadId).overrideConfiguration(limits));
  }

  /** The parts an open upload has; empty if there is no such upload. */
  Optional<List<Part>> parts(String name, String uploadId) {
    try {
      return Optional.of(
          client
              .listPartsPaginator(
                  request ->
                      request
                          .bucket(bucket)
                          .key(name)
                          .uploadId(uploadId)
                          .overrideConfiguration(limits))
              .parts()
              .stream()
              .toList());
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** The open uploads of exactly this name. */
  List<MultipartUpload> uploads(String name) {
    return client
        .listMultipartUploadsPaginator(
            request -> request.bucket(bucket).prefix(name).overrideConfiguration(limits))
        .uploads()
        .stream()
        .filter(upload -> upload.key().equals(name))
        .toList();
  }

  List<S3Object> list(String prefix) {
    List<S3Object> objects = new ArrayList<>();
    client
        .listObjectsV2Paginator(
            request -> request.bucket(bucket).prefix(prefix).overrideConfiguration(limits))
        .contents()
        .forEach(objects::add);
    seen = true;
    return objects;
  }

  /** Deletes one version for good, or, where there are no versions, the object. */
  void delete(String name, @Nullable String versionId) {
    client.deleteObject(
        request ->
            request.bucket(bucket).key(name).versionId(versionId).overrideConfiguration(limits));
  }

  /** Until when a version is kept by object lock; empty if it is not, or that cannot be told. */
  Optional<Instant> retention(String name, @Nullable String versionId) {
    try {
      return Optional.ofNullable(
              client
                  .getObjectRetention(
                      request ->
                          request
                              .bucket(bucket)
                              .key(name)
                              .versionId(versionId)
                              .overrideConfiguration(limits))
                  .retention())
          .map(found -> found.retainUntilDate());
    } catch (S3Exception e) {
      return Optional.empty();
    }
  }

  /** Whether a version is under a legal hold; false if that cannot be told. */
  boolean isHeld(String name, @Nullable String versionId) {
    try {
      ObjectLockLegalHold hold =
          client
              .getObjectLegalHold(
                  request ->
                      request
                          .bucket(bucket)
                          .key(name)
                          .versionId(versionId)
                          .overrideConfiguration(limits))
              .legalHold();
      return hold != null && hold.status() == ObjectLockLegalHoldStatus.ON;
    } catch (S3Exception e) {
      return false;
    }
  }

  /**
   * An answer to HEAD has no body, so it does not say which of the many reasons for a 403 it was;
   * the same asked with GET does.
   */
  private S3Exception explained(String name, S3Exception bodiless) {
    if (hasCode(bodiless)) {
      return bodiless;
    }
    try {
      get(name, 0).abort();
      return bodiless;
    } catch (S3Exception e) {
      return e;
    }
  }

  private static boolean hasCode(S3Exception e) {
    AwsErrorDetails details = e.awsErrorDetails();
    return details != null
        && details.errorCode() != null
        && !details.errorCode().isBlank()
        && !details.errorCode().equals("Forbidden");
  }

  /** HEAD answers 404 for a bucket that does not exist as it does for an object. */
  private void requireBucket() {
    if (seen) {
      return;
    }
    try {
      client.headBucket(request -> request.bucket(bucket).overrideConfiguration(limits));
      seen = true;
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND) {
        throw noSuchBucket(e);
      }
      // Whoever may not ask for the bucket may still use the objects in it.
    }
  }

  private static S3Exception noSuchBucket(S3Exception cause) {
    return (S3Exception)
        NoSuchBucketException.builder()
            .message("The specified bucket does not exist")
            .statusCode(NOT_FOUND)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("NoSuchBucket")
                    .errorMessage("The specified bucket does not exist")
                    .build())
            .cause(cause)
            .build();
  }
}
