package com.conitrack.backup.testsupport.storage;

/** What is asked of a storage or of an upload to it. */
public enum Operation {
  BEGIN,
  WRITE,
  COMMIT,
  OPEN,
  FIND,
  LIST,
  DELETE,
  SWEEP
}
