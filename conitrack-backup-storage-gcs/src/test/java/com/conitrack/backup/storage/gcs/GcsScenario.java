package com.conitrack.backup.storage.gcs;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import com.conitrack.backup.testsupport.gcs.GcsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

/** A server with a bucket, and what tests do with it. */
abstract class GcsScenario {
  static final int MIB = 1024 * 1024;
  static final ObjectAttributes PLAIN =
      new ObjectAttributes("application/octet-stream", Map.of("sha-256", "abc"));

  final GcsServer server = GcsServer.start();

  @AfterEach
  final void stopServer() {
    server.close();
  }

  /** With parts of 1 MiB, without credentials. */
  GcsStorageBuilder builder() {
    server.bucket("backups");
    return GcsStorage.in("gcs", "backups")
        .endpoint(server.uri())
        .withoutCredentials()
        .partBytes(MIB)
        .retryTimeout(Duration.ofSeconds(10));
  }

  /** The same for what never succeeds; a busy machine may be too slow for it. */
  GcsStorageBuilder impatient() {
    return builder().answerTimeout(Duration.ofSeconds(1)).retryTimeout(Duration.ofSeconds(3));
  }

  static URI uri(InetSocketAddress address) {
    return URI.create("http://127.0.0.1:" + address.getPort());
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static StoredObject put(BackupStorage storage, String key, byte[] content) {
    return put(storage, key, content, PLAIN);
  }

  static StoredObject put(
      BackupStorage storage, String key, byte[] content, ObjectAttributes attributes) {
    try (Upload upload = storage.begin(key, attributes)) {
      write(upload, content);
      return upload.commit();
    }
  }

  static void write(Upload upload, byte[] content) {
    for (int offset = 0; offset < content.length; offset += 100_000) {
      upload.write(content, offset, Math.min(100_000, content.length - offset));
    }
  }

  static byte[] get(BackupStorage storage, String key) throws IOException {
    try (InputStream stream = storage.open(key)) {
      return stream.readAllBytes();
    }
  }

  static AbstractThrowableAssert<?, ?> assertFails(ErrorKind kind, ThrowingCallable call) {
    return Assertions.assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StorageException.class,
            e -> Assertions.assertThat(e.kind()).as("%s", e.getMessage()).isEqualTo(kind))
        .hasMessageStartingWith("unable to ")
        .hasMessageContaining("storage 'gcs'");
  }
}
