package com.conitrack.backup.storage.r2;

import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * An object being written. What fits in one part is kept until the commit and put in one request;
 * anything larger goes in parts of one size while it is written. May be closed by another thread
 * than the one that a store keeps waiting.
 */
final class S3Upload implements Upload {
  private static final Logger LOG = LoggerFactory.getLogger(S3Upload.class);

  /**
   * How long {@link #close()} waits for parts on their way; a store may store them all the same.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private enum State {
    OPEN,
    FAILED,
    COMMITTED,
    CLOSED
  }

  private final String key;
  private final Description description;
  private final Plan plan;
  private final String what;
  private PartBuffer buffer;
  private long accepted;
  private volatile State state = State.OPEN;
  private volatile @Nullable Multipart multipart;

  /**
   * What all uploads of a storage share.
   *
   * @param partBytes the size of every part but the last
   * @param inFlight how many are sent at once
   * @param mostParts how many a store takes
   * @param conditional whether the store knows conditional writes
   */
  record Plan(
      Bucket bucket,
      Names names,
      Announcements announcements,
      Failures failures,
      Clock clock,
      long partBytes,
      int inFlight,
      int mostParts,
      boolean conditional) {}

  /** An upload in parts that has begun. */
  private record Multipart(String announcement, OpenUpload upload, Transfer transfer) {}

  S3Upload(String key, Description description, Plan plan) {
    this.key = key;
    this.description = description;
    this.plan = plan;
    this.what = plan.failures().unableTo("put", key);
    this.buffer = new PartBuffer(plan.partBytes());
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    requireOpen("write to");
    state = State.FAILED;
    append(bytes, offset, length);
    reopen();
  }

  @Override
  public StoredObject commit() {
    requireOpen("commit");
    state = State.FAILED;
    Multipart parts = multipart;
    if (parts == null) {
      publication()
          .send(
              () ->
                  plan.bucket().put(plan.names().of(key), buffer, description, plan.conditional()));
    } else {
      finish(parts);
    }
    state = State.COMMITTED;
    if (parts != null) {
      plan.announcements().settle(parts.announcement(), key);
    }
    return new StoredObject(key, accepted, plan.clock().instant());
  }

  @Override
  public void close() {
    if (state == State.CLOSED || state == State.COMMITTED) {
      return;
    }
    state = State.CLOSED;
    Multipart parts = multipart;
    if (parts != null) {
      drop(parts);
    }
  }

  private void append(byte[] bytes, int offset, int length) {
    int end = offset + length;
    for (int from = offset; from < end; ) {
      if (buffer.isFull()) {
        sendPart(startedMultipart());
      }
      from += buffer.put(bytes, from, end - from);
    }
    accepted += length;
  }

  private Multipart startedMultipart() {
    Multipart started = multipart;
    if (started == null) {
      started = plan.failures().call(what, action(), this::startMultipart);
      multipart = started;
    }
    return started;
  }

  private Multipart startMultipart() {
    String name = plan.names().of(key);
    Bucket bucket = plan.bucket();
    String announcement = plan.announcements().announce(key, description.owner());
    String id = bucket.createUpload(name, description);
    Transfer transfer =
        new Transfer(
            (number, bytes) -> bucket.putPart(name, id, number, bytes),
            plan.failures(),
            what,
            plan.partBytes(),
            plan.inFlight());
    return new Multipart(announcement, new OpenUpload(bucket, name, id), transfer);
  }

  private void sendPart(Multipart parts) {
    if (parts.transfer().partsSent() == plan.mostParts()) {
      throw plan.failures().tooManyParts(what, plan.mostParts(), plan.partBytes());
    }
    buffer = parts.transfer().exchange(buffer);
  }

  private void finish(Multipart parts) {
    sendPart(parts);
    List<CompletedPart> sent = parts.transfer().await();
    OpenUpload upload = parts.upload();
    publication()
        .send(
            () ->
                plan.bucket().complete(upload.name(), upload.uploadId(), sent, plan.conditional()));
  }

  private Publication publication() {
    return new Publication(
        plan.bucket(),
        plan.failures(),
        plan.conditional(),
        plan.names().of(key),
        description,
        what);
  }

  /** Drops what the store has, also for a thread that was interrupted. */
  private void drop(Multipart parts) {
    boolean interrupted = Thread.interrupted();
    try {
      boolean ended = parts.transfer().cancel(PATIENCE);
      parts.upload().end();
      if (ended) {
        plan.announcements().settle(parts.announcement(), key);
      }
    } catch (SdkException e) {
      LOG.warn("an unfinished upload of '{}' is left to be swept: {}", key, Reason.oneLine(e));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Action action() {
    return description.lock().isPresent() ? Action.LOCK : Action.PUT;
  }

  /** Unless it was closed meanwhile. */
  private synchronized void reopen() {
    if (state == State.FAILED) {
      state = State.OPEN;
    }
  }

  private void requireOpen(String deed) {
    if (state != State.OPEN) {
      throw new IllegalStateException(
          "cannot " + deed + " the upload of '" + key + "': it is " + state);
    }
  }
}
