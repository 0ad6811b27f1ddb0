package com.conitrack.backup.storage.r2;

/**
 * How strictly Amazon S3 and its likes keep an object until its time; see "Locking objects with
 * Object Lock" in the Amazon S3 user guide.
 */
public enum ObjectLockMode {
  /** Users with the permission {@code s3:BypassGovernanceRetention} can lift it. */
  GOVERNANCE,
  /** Nobody can lift it, not even the account's owner. */
  COMPLIANCE
}
