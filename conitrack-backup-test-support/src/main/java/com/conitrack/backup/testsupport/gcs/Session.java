package com.conitrack.backup.testsupport.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * One resumable upload. Bytes are kept in units of 256 KiB, also of a request that broke off; what
 * the server has already is taken again and ignored. See
 * https://cloud.google.com/storage/docs/performing-resumable-uploads.
 */
final class Session {
  static final int UNIT = 256 * 1024;

  private final GcsBucket bucket;
  private final String name;
  private final JsonNode settings;
  private final Conditions conditions;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private @Nullable GcsObject made;
  private boolean cancelled;

  Session(GcsBucket bucket, String name, JsonNode settings, Conditions conditions) {
    this.bucket = bucket;
    this.name = name;
    this.settings = settings;
    this.conditions = conditions;
  }

  synchronized boolean isOpen() {
    return made == null && !cancelled;
  }

  synchronized void cancel() {
    cancelled = true;
    received.reset();
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  synchronized @Nullable GcsObject made() {
    return made;
  }

  synchronized int size() {
    return received.size();
  }

  /**
   * Takes a part that begins at {@code first}; keeps what of it arrives. The lock is not held while
   * bytes are waited for: a request that stalls does not keep others from asking how far it came.
   */
  void append(long first, long length, boolean last, InputStream body) throws IOException {
    if (!last && length % UNIT != 0) {
      throw Refusal.invalid(
          "Invalid request. The number of bytes uploaded is required to be equal or greater than"
              + " 262144, except for the final request, and a multiple of it. Received: "
              + length);
    }
    if (first > size()) {
      throw new AheadOfServer(first, size());
    }
    ByteArrayOutputStream arrived = new ByteArrayOutputStream();
    try {
      body.transferTo(arrived);
    } catch (IOException e) {
      keep(first, arrived.toByteArray(), arrived.size() / UNIT * UNIT);
      throw e;
    }
    if (arrived.size() != length) {
      throw Refusal.invalid(
          "Invalid request. There were %d byte(s) in the body, there should have been %d."
              .formatted(arrived.size(), length));
    }
    keep(first, arrived.toByteArray(), arrived.size());
  }

  private synchronized void keep(long first, byte[] arrived, int count) {
    int known = (int) (received.size() - first);
    if (isOpen() && count > known) {
      received.write(arrived, known, count - known);
    }
  }

  /** Makes the object of what was received. */
  synchronized GcsObject finish(
      long total, @Nullable String crc32c, @Nullable String md5, boolean corrupt) {
    if (total != received.size()) {
      throw Refusal.invalid(
          "Invalid request. There were %d byte(s) uploaded, there should have been %d."
              .formatted(received.size(), total));
    }
    byte[] content = received.toByteArray();
    Hashes.of(content).require(crc32c, md5);
    GcsObject object = bucket.insert(name, content, settings, conditions, corrupt);
    made = object;
    received.reset();
    return object;
  }

  /** Bytes were sent for a place that the server has not come to. */
  static final class AheadOfServer extends IOException {
    private static final long serialVersionUID = 1L;

    AheadOfServer(long first, int size) {
      super(
          "Invalid request.  According to the Content-Range header, the upload offset is %d byte(s), which exceeds already uploaded size of %d byte(s)."
              .formatted(first, size));
    }
  }
}
