package com.conitrack.backup.storage.gcs;

import com.conitrack.backup.core.port.ObjectKeys;
import com.google.cloud.storage.BlobId;
import java.util.regex.Pattern;

/**
 * Where objects lie: a bucket and what their names begin with there.
 *
 * @param bucket the bucket's name
 * @param prefix empty, or ends with {@code /}
 */
record Place(String bucket, String prefix) {
  // https://cloud.google.com/storage/docs/buckets#naming
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
  private static final Pattern PREFIX_OF_KEYS = Pattern.compile("[A-Za-z0-9._/-]*");

  /**
   * @param prefix with or without slashes around it
   * @throws IllegalArgumentException if it is no place
   */
  static Place of(String bucket, String prefix) {
    if (!BUCKET.matcher(bucket).matches()) {
      throw new IllegalArgumentException(
          "not a bucket's name: '" + bucket + "'; give the name alone, without gs://");
    }
    String bare = prefix.replaceAll("^/+|/+$", "");
    return new Place(bucket, bare.isEmpty() ? "" : ObjectKeys.require(bare) + "/");
  }

  BlobId blob(String key) {
    return BlobId.of(bucket, prefix + ObjectKeys.require(key));
  }

  /** The key of a name that begins with the prefix. */
  String key(String objectName) {
    return objectName.substring(prefix.length());
  }

  /** Whether any key at all can start with this text. */
  static boolean canStartKey(String text) {
    return PREFIX_OF_KEYS.matcher(text).matches();
  }

  @Override
  public String toString() {
    return "gs://" + bucket + "/" + prefix;
  }
}
