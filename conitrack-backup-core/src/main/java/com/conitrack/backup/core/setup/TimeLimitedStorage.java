package com.conitrack.backup.core.setup;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.objects.SmallObjectSource;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StorageInfo;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A storage that does not answer in time is told of as failed instead of holding up everyone: a NAS
 * that hangs blocks the thread that asks it for as long as it likes, and no adapter can prevent
 * that.
 */
public final class TimeLimitedStorage implements BackupStorage, SmallObjectSource {
  /** Making gigabytes durable may take much longer than taking the next few bytes. */
  private static final int COMMIT_FACTOR = 10;

  private final BackupStorage below;
  private final TimeLimit limit;
  private final TimeLimit commitLimit;

  /**
   * @param below the storage that is asked
   * @param limit how long one answer may take; ten times as long for a commit
   */
  public TimeLimitedStorage(BackupStorage below, Duration limit) {
    this.below = below;
    this.limit = new TimeLimit(limit);
    this.commitLimit = this.limit.times(COMMIT_FACTOR);
  }

  @Override
  public StorageInfo info() {
    return below.info();
  }

  @Override
  public Upload begin(String key, ObjectAttributes attributes) {
    return new LimitedUpload(
        key, limit.call(what("put", key), () -> below.begin(key, attributes), Upload::close));
  }

  @Override
  public InputStream open(String key, long offset) {
    String what = what("read", key);
    return new LimitedStream(
        what, limit.call(what, () -> below.open(key, offset), TimeLimitedStorage::closeQuietly));
  }

  /** In one limited call instead of one for opening, each read and closing. */
  @Override
  public byte[] get(String key) {
    return limit.call(what("read", key), () -> SmallObjects.get(below, key));
  }

  @Override
  public Optional<StoredObject> find(String key) {
    return limit.call(what("look for", key), () -> below.find(key));
  }

  @Override
  public List<StoredObject> list(String prefix) {
    return commitLimit.call(
        "unable to list storage '" + below.info().name() + "'", () -> below.list(prefix));
  }

  @Override
  public boolean delete(String key) {
    return limit.call(what("delete", key), () -> below.delete(key));
  }

  @Override
  public List<String> sweep(Instant olderThan) {
    return commitLimit.call(
        "unable to sweep storage '" + below.info().name() + "'", () -> below.sweep(olderThan));
  }

  @Override
  public List<String> sweepOwned(String owner) {
    return commitLimit.call(
        "unable to sweep storage '" + below.info().name() + "'", () -> below.sweepOwned(owner));
  }

  private String what(String verb, String key) {
    return "unable to " + verb + " '" + key + "' in storage '" + below.info().name() + "'";
  }

  private static void closeQuietly(InputStream stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // Nobody waits for it any more.
    }
  }

  @Override
  public String toString() {
    return below.toString();
  }

  private final class LimitedUpload implements Upload {
    private final String key;
    private final Upload upload;

    LimitedUpload(String key, Upload upload) {
      this.key = key;
      this.upload = upload;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      limit.call(
          what("write", key),
          () -> {
            upload.write(bytes, offset, length);
            return true;
          });
    }

    @Override
    public StoredObject commit() {
      return commitLimit.call(what("commit", key), upload::commit);
    }

    @Override
    public void close() {
      limit.runEvenIfHung(upload::close);
    }
  }

  private final class LimitedStream extends FilterInputStream {
    private final String what;

    LimitedStream(String what, InputStream stream) {
      super(stream);
      this.what = what;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return limit.call(what, () -> in.read(into, offset, length));
      } catch (StorageException e) {
        if (e.kind() == ErrorKind.IO && e.getCause() instanceof IOException cause) {
          throw cause;
        }
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public long skip(long bytes) throws IOException {
      throw new IOException("skipping is not supported");
    }

    @Override
    public int available() {
      return 0;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    @Override
    public void close() {
      limit.runEvenIfHung(() -> closeQuietly(in));
    }
  }
}
