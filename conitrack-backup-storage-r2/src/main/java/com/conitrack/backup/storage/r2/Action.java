package com.conitrack.backup.storage.r2;

/** What is done with a bucket, and the permission that it takes in the words of IAM. */
enum Action {
  PUT("s3:PutObject"),
  LOCK("s3:PutObject and s3:PutObjectRetention"),
  READ("s3:GetObject"),
  LOOK("s3:GetObject and s3:ListBucket"),
  LIST("s3:ListBucket"),
  DELETE("s3:DeleteObject (in a bucket with versions s3:DeleteObjectVersion)"),
  SWEEP(
      "s3:ListBucket, s3:GetObject, s3:DeleteObject, s3:ListBucketMultipartUploads,"
          + " s3:ListMultipartUploadParts and s3:AbortMultipartUpload");

  private final String permission;

  Action(String permission) {
    this.permission = permission;
  }

  String permission() {
    return permission;
  }
}
