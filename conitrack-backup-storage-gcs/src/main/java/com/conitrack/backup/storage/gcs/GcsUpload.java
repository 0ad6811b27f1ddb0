package com.conitrack.backup.storage.gcs;

import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import com.google.cloud.WriteChannel;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An object on its way: gathered in memory and sent in one request if it is small, otherwise sent
 * in parts through a resumable upload session, which makes nothing visible before its last part.
 *
 * <p>The client's channel is closed by {@link #commit()} alone, since closing it is what ends the
 * session with an object. A session left open cannot be cancelled through the client; the server
 * drops it after a week, and its parts are neither visible nor billed.
 */
final class GcsUpload implements Upload {
  /** Objects up to this size are sent in one request. */
  static final int SINGLE_REQUEST_BYTES = 1024 * 1024;

  private enum State {
    OPEN,
    FAILED,
    COMMITTED,
    CLOSED
  }

  private final String key;
  private final Storage client;
  private final BlobInfo target;
  private final int partBytes;
  private final Commitment commitment;
  private final Failures failures;
  private final CRC32C checksum = new CRC32C();
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
  private @Nullable WriteChannel session;
  private long accepted;
  private State state = State.OPEN;

  /**
   * @param target where to and with what attributes
   * @param partBytes how much is sent in one request of a session
   */
  GcsUpload(String key, Storage client, BlobInfo target, int partBytes, Failures failures) {
    this.key = key;
    this.client = client;
    this.target = target;
    this.partBytes = partBytes;
    this.commitment = new Commitment(client, target, failures);
    this.failures = failures;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    requireOpen("write to");
    try {
      append(ByteBuffer.wrap(bytes, offset, length));
    } catch (IOException | RuntimeException e) {
      throw failed(e);
    }
    checksum.update(bytes, offset, length);
    accepted += length;
  }

  @Override
  public StoredObject commit() {
    requireOpen("commit");
    // Whatever comes of it, there is no second try.
    state = State.FAILED;
    WriteChannel open = session;
    BlobInfo stored =
        open == null
            ? commitment.inOneRequest(what(), gathered.toByteArray(), checksum.getValue())
            : commitment.ofSession(what(), open, accepted, checksum.getValue());
    state = State.COMMITTED;
    return GcsStorage.describe(key, stored);
  }

  @Override
  public void close() {
    if (state == State.OPEN || state == State.FAILED) {
      state = State.CLOSED;
      session = null;
      gathered.reset();
    }
  }

  private void append(ByteBuffer bytes) throws IOException {
    WriteChannel open = session;
    if (open == null && gathered.size() + bytes.remaining() <= SINGLE_REQUEST_BYTES) {
      gathered.write(bytes.array(), bytes.position(), bytes.remaining());
      return;
    }
    if (open == null) {
      open = start();
      session = open;
    }
    send(open, bytes);
  }

  private WriteChannel start() throws IOException {
    WriteChannel channel = client.writer(target, Storage.BlobWriteOption.doesNotExist());
    channel.setChunkSize(partBytes);
    send(channel, ByteBuffer.wrap(gathered.toByteArray()));
    gathered.reset();
    return channel;
  }

  private static void send(WriteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private StorageException failed(Exception e) {
    state = State.FAILED;
    return Answer.in(e).filter(answer -> answer.code() == 412).isPresent()
        ? failures.keyTaken(what())
        : failures.of(what(), e);
  }

  private String what() {
    return failures.unableTo("put", key);
  }

  private void requireOpen(String deed) {
    if (state != State.OPEN) {
      throw new IllegalStateException(
          "cannot " + deed + " the upload of '" + key + "': it is " + state);
    }
  }
}
