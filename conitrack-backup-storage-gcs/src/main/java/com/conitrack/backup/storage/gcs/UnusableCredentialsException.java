package com.conitrack.backup.storage.gcs;

import java.io.IOException;

/** Credentials could not be found or read, before any server was asked. */
final class UnusableCredentialsException extends IOException {
  private static final long serialVersionUID = 1L;

  UnusableCredentialsException(Exception cause) {
    super("no credentials", cause);
  }
}
