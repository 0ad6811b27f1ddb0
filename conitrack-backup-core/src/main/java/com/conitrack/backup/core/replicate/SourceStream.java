package com.conitrack.backup.core.replicate;

import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.verify.DigestingInputStream;
import java.io.IOException;

/** Reads a copy, whose failures are told from those of where it goes. */
final class SourceStream implements AutoCloseable {
  private final DigestingInputStream in;

  SourceStream(BackupStorage storage, String key) throws SourceFailure {
    try {
      in = new DigestingInputStream(storage.open(key));
    } catch (StorageException e) {
      throw SourceFailure.of(e);
    }
  }

  /** Bytes read; negative at the end. */
  int read(byte[] buffer) throws SourceFailure {
    try {
      return in.read(buffer, 0, buffer.length);
    } catch (IOException e) {
      throw SourceFailure.of(e);
    }
  }

  long bytesSoFar() {
    return in.bytesSoFar();
  }

  /** Reads on to the end and compares everything with what was recorded. */
  void requireToBe(ByteDigest recorded) throws SourceFailure {
    ByteDigest found;
    try {
      found = in.ofEverything();
    } catch (IOException e) {
      throw SourceFailure.of(e);
    }
    if (!found.equals(recorded)) {
      throw new SourceFailure(
          "altered: "
              + found.bytes()
              + " bytes with SHA-256 "
              + found.sha256()
              + ", recorded were "
              + recorded.bytes()
              + " with "
              + recorded.sha256());
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      // What was read has been compared; nothing hangs on closing.
    }
  }
}
