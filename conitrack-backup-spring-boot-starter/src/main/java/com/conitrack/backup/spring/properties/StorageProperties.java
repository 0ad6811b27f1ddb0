package com.conitrack.backup.spring.properties;

import org.jspecify.annotations.Nullable;

/**
 * A place for copies.
 *
 * @param name Its name in manifests, the register and messages; by default its type.
 * @param type What it is: filesystem, r2, s3 or gcs.
 * @param path filesystem: the directory.
 * @param create filesystem: whether to make the directory if it is missing.
 * @param bucket r2, s3, gcs: the bucket, which must exist.
 * @param prefix r2, s3, gcs: what all names in the bucket start with.
 * @param accessKeyId r2, s3: the id of the key to sign requests with.
 * @param accessKeyIdFile r2, s3: a file with the id alone on its first line.
 * @param secretAccessKey r2, s3: its secret.
 * @param secretAccessKeyFile r2, s3: a file with the secret alone on its first line.
 * @param partSize r2, s3: size of the parts of large dumps, 5MiB to 5GiB.
 * @param partsInFlight r2, s3: how many parts are sent at once.
 * @param account r2: the account id.
 * @param jurisdiction r2: eu or fedramp, if the bucket was made in one.
 * @param endpoint s3, gcs: where the store is.
 * @param region s3: the region.
 * @param pathStyle s3: whether the bucket goes into the path of an address.
 * @param conditionalWrites s3: whether the store knows If-None-Match.
 * @param lock s3: governance or compliance, to write with S3 Object Lock.
 * @param credentialsFile gcs: a service account's key file.
 * @param project gcs: the project charged for requests.
 * @param retention gcs: unlocked or locked, to set on each object how long it is to be kept.
 */
public record StorageProperties(
    @Nullable String name,
    @Nullable String type,
    @Nullable String path,
    @Nullable Boolean create,
    @Nullable String bucket,
    @Nullable String prefix,
    @Nullable String accessKeyId,
    @Nullable String accessKeyIdFile,
    @Nullable String secretAccessKey,
    @Nullable String secretAccessKeyFile,
    @Nullable ByteSize partSize,
    @Nullable Integer partsInFlight,
    @Nullable String account,
    @Nullable String jurisdiction,
    @Nullable String endpoint,
    @Nullable String region,
    @Nullable Boolean pathStyle,
    @Nullable Boolean conditionalWrites,
    @Nullable String lock,
    @Nullable String credentialsFile,
    @Nullable String project,
    @Nullable String retention) {

  /** Without the secret. */
  @Override
  public String toString() {
    return "StorageProperties[name=" + name + ", type=" + type + "]";
  }
}
