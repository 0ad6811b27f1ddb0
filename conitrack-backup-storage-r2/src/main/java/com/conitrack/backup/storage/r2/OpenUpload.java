package com.conitrack.backup.storage.r2;

import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** A multipart upload that is to be ended. */
record OpenUpload(Bucket bucket, String name, String uploadId) {
  private static final int NOT_FOUND = 404;

  /**
   * A part that is on its way while an upload is aborted can be stored after it: Amazon's page on
   * AbortMultipartUpload says to abort again until ListParts finds nothing.
   */
  private static final int TRIES = 3;

  /** Aborts it until nothing of it is left. Ending one that has ended does nothing. */
  void end() {
    for (int i = 0; i < TRIES; i++) {
      abort();
      Optional<List<Part>> left = bucket.parts(name, uploadId);
      if (left.isEmpty() || left.get().isEmpty()) {
        return;
      }
    }
  }

  private void abort() {
    try {
      bucket.abort(name, uploadId);
    } catch (S3Exception e) {
      if (e.statusCode() != NOT_FOUND) {
        throw e;
      }
    }
  }
}
