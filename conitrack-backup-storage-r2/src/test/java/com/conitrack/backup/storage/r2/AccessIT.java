package com.conitrack.backup.storage.r2;

import static com.conitrack.backup.storage.r2.Storages.PLAIN;
import static com.conitrack.backup.storage.r2.Storages.bytes;
import static com.conitrack.backup.storage.r2.Storages.get;
import static com.conitrack.backup.storage.r2.Storages.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.testsupport.s3.S3Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Wrong keys, buckets and endpoints, against a server that checks signatures. */
class AccessIT {
  private static S3Server server;
  private String bucket;

  @BeforeAll
  static void start() {
    server = S3Server.s3Proxy();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void makeBucket() {
    bucket = server.newBucket();
  }

  @Test
  void aWrongSecretIsSaidAndNotShown() {
    S3StorageBuilder wrong =
        Storages.at(server).bucket(bucket).credentials(S3Server.ACCESS_KEY_ID, "hunter2-secret");
    assertEveryMethodFails(wrong, ErrorKind.AUTHENTICATION, "secret access key is not the one");
    try (S3Storage storage = wrong.build()) {
      StorageException failure =
          catchThrowableOfType(StorageException.class, () -> storage.list(""));
      StringWriter all = new StringWriter();
      failure.printStackTrace(new PrintWriter(all));
      assertThat(all.toString() + storage + storage.info()).doesNotContain("hunter2");
    }
  }

  @Test
  void anUnknownKeyIdIsSaid() {
    assertEveryMethodFails(
        Storages.at(server).bucket(bucket).credentials("nobody", "secret"),
        ErrorKind.AUTHENTICATION,
        "access key id");
  }

  @Test
  void aMissingBucketIsSaid() {
    assertEveryMethodFails(
        Storages.at(server).bucket("absent"), ErrorKind.NOT_FOUND, "there is no bucket 'absent'");
  }

  @Test
  void aPortNobodyListensOnIsSaid() throws IOException {
    try (Socket silent = new Socket()) {
      silent.bind(new InetSocketAddress("127.0.0.1", 0)); // Nobody else can take it meanwhile.
      assertEveryMethodFails(
          Storages.at(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
              .bucket(bucket)
              .attempts(1),
          ErrorKind.CONNECTION,
          "cannot be reached");
    }
  }

  @Test
  void aHostNobodyKnowsIsSaid() {
    assertEveryMethodFails(
        Storages.at(URI.create("http://absent.invalid")).bucket(bucket).attempts(1),
        ErrorKind.CONNECTION,
        "no host of that name");
  }

  @Test
  void aServerThatSpeaksNoTlsIsSaid() {
    URI https = URI.create("https://127.0.0.1:" + server.address().getPort());
    assertEveryMethodFails(
        Storages.at(https).bucket(bucket).attempts(1), ErrorKind.CONNECTION, "secure connection");
  }

  @Test
  void aSecretThatCannotBeReadIsSaid() {
    BackupException unreadable =
        new BackupException(
            ErrorKind.CONFIGURATION, "unable to read the secret", "no such file", "make it");
    assertEveryMethodFails(
        Storages.at(server)
            .bucket(bucket)
            .credentials(
                () -> "id",
                () -> {
                  throw unreadable;
                }),
        ErrorKind.CONFIGURATION,
        "no such file; hint: make it");
  }

  @Test
  void anEmbeddersClientIsUsedAndLeftOpen() throws IOException {
    try (S3Client client = Storages.client(server)) {
      S3Storage storage = S3Storage.named("given").bucket(bucket).client(client).build();
      put(storage, "key", bytes(10));
      storage.close();
      assertThat(get(storage, "key")).isEqualTo(bytes(10));
    }
  }

  @Test
  void whatOthersKeepInTheBucketIsNeitherListedNorTouched() {
    try (S3Client client = Storages.client(server);
        S3Storage storage = Storages.at(server).bucket(bucket).prefix("ours").build()) {
      for (String name : List.of("foreign", "oursnot/x", "ours/with blank", "ours/.hidden")) {
        client.putObject(request -> request.bucket(bucket).key(name), RequestBody.fromString(name));
      }
      put(storage, "key", bytes(10));
      assertThat(storage.list("")).extracting(object -> object.key()).containsExactly("key");
      assertThat(storage.sweep(Instant.now().plusSeconds(60))).isEmpty();
      assertThat(storage.delete("key")).isTrue();
      assertThat(Storages.names(client, bucket)).hasSize(4);
    }
  }

  private static void assertEveryMethodFails(
      S3StorageBuilder settings, ErrorKind kind, String text) {
    try (S3Storage storage = settings.build()) {
      List<ThrowingCallable> calls =
          List.of(
              () -> storage.begin("key", PLAIN),
              () -> storage.open("key"),
              () -> storage.find("key"),
              () -> storage.list(""),
              () -> storage.delete("key"),
              () -> storage.sweep(Instant.now()));
      for (ThrowingCallable call : calls) {
        assertThatExceptionOfType(StorageException.class)
            .isThrownBy(call)
            .satisfies(e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
            .withMessageContaining("storage 'store'")
            .withMessageContaining(text)
            .withMessageContaining("hint: ");
      }
    }
  }
}
