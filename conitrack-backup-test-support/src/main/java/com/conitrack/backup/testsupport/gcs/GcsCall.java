package com.conitrack.backup.testsupport.gcs;

/** The requests that a {@link GcsServer} tells apart. */
public enum GcsCall {
  /** Metadata of one object. */
  GET,
  /** Bytes of one object. */
  MEDIA,
  /** One page of a list. */
  LIST,
  /** Deleting an object. */
  DELETE,
  /** An upload in one request. */
  INSERT,
  /** The start of a resumable upload. */
  START,
  /** A part of a resumable upload that is not its last. */
  PART,
  /** The last part of a resumable upload. */
  FINISH,
  /** The question how far a resumable upload is. */
  STATUS,
  /** The end of a resumable upload without an object. */
  CANCEL,
  /** A bucket's metadata. */
  BUCKET,
  /** A request for a token. */
  TOKEN
}
