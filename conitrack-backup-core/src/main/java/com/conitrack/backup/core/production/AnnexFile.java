package com.conitrack.backup.core.production;

import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.Upload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way into all storages at once. A storage that fails is left behind and told; if
 * none is left, that fails the file.
 */
final class AnnexFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 * 1024;

  private final String key;
  private final List<String> failures;
  private final Map<String, Upload> uploads = new LinkedHashMap<>();
  private final MessageDigest digest = Sha256.newDigest();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int buffered;
  private long bytes;
  private @Nullable StorageException last;

  AnnexFile(
      String key,
      ObjectAttributes attributes,
      List<BackupStorage> storages,
      List<String> failures) {
    this.key = key;
    this.failures = failures;
    for (BackupStorage storage : storages) {
      try {
        uploads.put(storage.info().name(), storage.begin(key, attributes));
      } catch (StorageException e) {
        failed(e);
      }
    }
    requireAny();
  }

  void write(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int from = 0;
    while (from < utf8.length) {
      int count = Math.min(utf8.length - from, BUFFER_BYTES - buffered);
      System.arraycopy(utf8, from, buffer, buffered, count);
      buffered += count;
      from += count;
      if (buffered == BUFFER_BYTES) {
        drain();
      }
    }
  }

  private void drain() {
    digest.update(buffer, 0, buffered);
    bytes += buffered;
    int length = buffered;
    forEach(upload -> upload.write(buffer, 0, length));
    buffered = 0;
  }

  /** Makes it visible. */
  AnnexIndex.File commit() {
    drain();
    forEach(Upload::commit);
    return new AnnexIndex.File(key, new ByteDigest(bytes, Sha256.from(digest)));
  }

  @FunctionalInterface
  private interface Act {
    void on(Upload upload);
  }

  private void forEach(Act act) {
    for (Map.Entry<String, Upload> each : List.copyOf(uploads.entrySet())) {
      try {
        act.on(each.getValue());
      } catch (StorageException e) {
        failed(e);
        each.getValue().close();
        uploads.remove(each.getKey());
      }
    }
    requireAny();
  }

  private void failed(StorageException e) {
    failures.add(String.valueOf(e.getMessage()));
    last = e;
  }

  private void requireAny() {
    if (uploads.isEmpty() && last != null) {
      throw last;
    }
  }

  @Override
  public void close() {
    uploads.values().forEach(Upload::close);
  }
}
