package com.conitrack.backup.testsupport.storage;

import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Writing and reading whole objects, for tests. */
final class StorageTools {
  static final ObjectAttributes PLAIN = new ObjectAttributes("application/octet-stream", Map.of());

  private StorageTools() {}

  /** Bytes that look random and are the same at every run. */
  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static StoredObject put(BackupStorage storage, String key, byte[] bytes) {
    try (Upload upload = storage.begin(key, PLAIN)) {
      writeAll(upload, bytes, 64 * 1024);
      return upload.commit();
    }
  }

  static void writeAll(Upload upload, byte[] bytes, int piece) {
    for (int offset = 0; offset < bytes.length; offset += piece) {
      upload.write(bytes, offset, Math.min(piece, bytes.length - offset));
    }
  }

  static byte[] get(BackupStorage storage, String key) throws IOException {
    try (InputStream stream = storage.open(key)) {
      return stream.readAllBytes();
    }
  }

  static List<String> keys(BackupStorage storage, String prefix) {
    return storage.list(prefix).stream().map(StoredObject::key).toList();
  }

  /** Runs {@code count} tasks on a thread each, let loose together, and returns their results. */
  static <T> List<T> race(int count, IntFunction<Callable<T>> tasks) throws Exception {
    CyclicBarrier start = new CyclicBarrier(count);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Callable<T> task = tasks.apply(i);
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return task.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }
}
