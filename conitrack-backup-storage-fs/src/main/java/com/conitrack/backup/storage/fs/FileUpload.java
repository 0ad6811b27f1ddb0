package com.conitrack.backup.storage.fs;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An object being written to a temporary file beside its place. */
final class FileUpload implements Upload {
  private static final Logger LOG = LoggerFactory.getLogger(FileUpload.class);
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final Set<OpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private enum State {
    OPEN,
    FAILED,
    COMMITTED,
    CLOSED
  }

  private final String key;
  private final Path target;
  private final Path part;
  private final FileChannel channel;
  private final Publisher publisher;
  private final Failures failures;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private long accepted;
  private State state = State.OPEN;

  FileUpload(String key, Path target, Publisher publisher, Failures failures) throws IOException {
    this.key = key;
    this.target = target;
    this.part = WorkFiles.newPartFor(target);
    this.channel = FileChannel.open(part, NEW_FILE, Access.OWNER_ONLY_FILE);
    this.publisher = publisher;
    this.failures = failures;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    requireOpen("write to");
    try {
      append(bytes, offset, length);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public StoredObject commit() {
    requireOpen("commit");
    try {
      finishFile();
      StoredObject stored =
          new StoredObject(key, accepted, Files.getLastModifiedTime(part).toInstant());
      publisher.publish(part, target);
      state = State.COMMITTED;
      return stored;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public void close() {
    if (state == State.OPEN || state == State.FAILED) {
      state = State.CLOSED;
      closeFile();
      Publisher.forget(part);
    }
  }

  private void append(byte[] bytes, int offset, int length) throws IOException {
    int end = offset + length;
    for (int from = offset; from < end; ) {
      int count = Math.min(buffer.remaining(), end - from);
      if (count == BUFFER_BYTES) {
        writeFully(ByteBuffer.wrap(bytes, from, count));
      } else {
        buffer.put(bytes, from, count);
      }
      from += count;
      if (!buffer.hasRemaining()) {
        writeBuffer();
      }
    }
    accepted += length;
  }

  private void writeBuffer() throws IOException {
    writeFully(buffer.flip());
    buffer.clear();
  }

  private void writeFully(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void finishFile() throws IOException {
    writeBuffer();
    channel.force(true);
    channel.close();
    requireLength(Files.size(part));
  }

  private void requireLength(long found) {
    if (found != accepted) {
      state = State.FAILED;
      throw new StorageException(
          ErrorKind.DAMAGED,
          what(),
          "%,d bytes were written, but the file has %,d".formatted(accepted, found),
          "check the drive or network share; the backup must be repeated");
    }
  }

  private StorageException failed(IOException e) {
    state = State.FAILED;
    return failures.writing(what(), e, bytesOnFile());
  }

  private long bytesOnFile() {
    try {
      return Files.size(part);
    } catch (IOException e) {
      return 0;
    }
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

  private void closeFile() {
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing {}: {}", part, e.toString());
    }
  }
}
