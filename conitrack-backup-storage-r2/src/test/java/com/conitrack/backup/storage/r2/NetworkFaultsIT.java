package com.conitrack.backup.storage.r2;

import static com.conitrack.backup.storage.r2.Storages.PART;
import static com.conitrack.backup.storage.r2.Storages.PLAIN;
import static com.conitrack.backup.storage.r2.Storages.bytes;
import static com.conitrack.backup.storage.r2.Storages.get;
import static com.conitrack.backup.storage.r2.Storages.put;
import static com.conitrack.backup.testsupport.net.NetworkFault.Direction.TO_CLIENT;
import static com.conitrack.backup.testsupport.net.NetworkFault.Direction.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.Upload;
import com.conitrack.backup.testsupport.net.FaultProxy;
import com.conitrack.backup.testsupport.net.NetworkFault;
import com.conitrack.backup.testsupport.s3.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** Connections that break and stall between storage and store. */
class NetworkFaultsIT {
  private static S3Server server;
  private static S3Client direct;

  private FaultProxy proxy;
  private String bucket;
  private S3Storage storage;

  @BeforeAll
  static void start() {
    server = S3Server.s3Proxy();
    direct = Storages.client(server);
  }

  @AfterAll
  static void stop() {
    direct.close();
    server.close();
  }

  @BeforeEach
  void connect() {
    proxy = FaultProxy.to(server.address());
    bucket = server.newBucket();
    storage =
        Storages.at(proxy.address())
            .bucket(bucket)
            .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(30))
            .build();
  }

  @AfterEach
  void disconnect() {
    proxy.close();
    storage.close();
  }

  @Test
  void aConnectionCutInAPartIsMadeAgain() throws IOException {
    byte[] content = bytes(3 * PART + 1);
    proxy.inject(NetworkFault.resetAfter(TO_SERVER, PART / 2));
    put(storage, "object", content);
    assertThat(proxy.faultsDone()).isEqualTo(1);
    assertThat(get(storage, "object")).isEqualTo(content);
    assertNothingLeft();
  }

  @Test
  void aConnectionCutInASmallObjectIsMadeAgain() throws IOException {
    proxy.inject(NetworkFault.closeAfter(TO_SERVER, 100_000));
    put(storage, "object", bytes(200_000));
    assertThat(proxy.faultsDone()).isEqualTo(1);
    assertThat(get(storage, "object")).isEqualTo(bytes(200_000));
  }

  @Test
  void aStalledConnectionIsGivenUpAndMadeAgain() throws IOException {
    byte[] content = bytes(2 * PART);
    proxy.inject(NetworkFault.stallAfter(TO_SERVER, PART / 2));
    put(storage, "object", content);
    assertThat(proxy.faultsDone()).isEqualTo(1);
    proxy.calm();
    assertThat(get(storage, "object")).isEqualTo(content);
    assertNothingLeft();
  }

  @Test
  void aStoreThatCannotBeReachedIsSaid() {
    proxy.refuse();
    assertFails(ErrorKind.CONNECTION, () -> storage.list(""));
    assertFails(ErrorKind.CONNECTION, () -> storage.begin("object", PLAIN));
    assertFails(ErrorKind.CONNECTION, () -> storage.open("object"));
  }

  @Test
  void aConnectionLostForGoodLeavesNothingVisibleAndIsSwept() {
    Upload upload = storage.begin("object", PLAIN);
    upload.write(bytes(PART + 1), 0, PART + 1);
    proxy.refuse();
    assertFails(
        ErrorKind.CONNECTION,
        () -> {
          upload.write(bytes(2 * PART), 0, 2 * PART);
          upload.commit();
        });
    upload.close();
    proxy.calm();
    assertThat(storage.find("object")).isEmpty();
    assertThat(Storages.openUploads(direct, bucket)).containsExactly("object");
    assertThat(storage.sweep(Instant.now().plusSeconds(60)))
        .singleElement()
        .asString()
        .startsWith("unfinished upload of 'object'");
    assertNothingLeft();
  }

  @Test
  void anAnswerCutAnywhereInItsHeadersIsALostConnection() {
    put(storage, "object", bytes(1_000));
    for (int length = 1; length < 420; length += 19) {
      proxy.inject(NetworkFault.closeAfter(TO_CLIENT, length));
      try {
        assertThat(get(storage, "object")).isEqualTo(bytes(1_000));
      } catch (StorageException e) {
        assertThat(e.kind()).as(e.getMessage()).isEqualTo(ErrorKind.CONNECTION);
      } catch (IOException e) {
        // It broke off while it was read, as it may.
      }
    }
    assertThat(proxy.faultsDone()).isPositive();
  }

  @Test
  void aBodyCutShortIsNoEndOfObject() throws IOException {
    byte[] content = bytes(1_000_000);
    put(storage, "object", content);
    for (NetworkFault.Effect effect :
        new NetworkFault.Effect[] {NetworkFault.Effect.CLOSE, NetworkFault.Effect.RESET}) {
      proxy.inject(new NetworkFault(TO_CLIENT, 600_000, effect));
      try (InputStream stream = storage.open("object")) {
        assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
      }
    }
    try (InputStream rest = storage.open("object", 600_000)) {
      assertThat(rest.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 600_000, 1_000_000));
    }
  }

  @Test
  void aReadClosedEarlyDoesNotWaitForTheRest() throws IOException {
    put(storage, "object", bytes(4_000_000));
    proxy.inject(NetworkFault.stallAfter(TO_CLIENT, 1_000_000));
    S3Storage patient =
        Storages.at(proxy.address())
            .bucket(bucket)
            .timeouts(Duration.ofMinutes(4), Duration.ofMinutes(5))
            .build();
    InputStream stream = patient.open("object");
    assertThat(stream.readNBytes(10)).hasSize(10);
    await().atMost(Duration.ofMinutes(1)).until(() -> proxy.stalled() == 1);
    CompletableFuture<Void> closing =
        CompletableFuture.runAsync(
            () -> {
              try {
                stream.close();
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(closing).succeedsWithin(Duration.ofMinutes(1));
    patient.close();
  }

  @Test
  void aReadThatStallsFails() throws IOException {
    put(storage, "object", bytes(4_000_000));
    proxy.inject(NetworkFault.stallAfter(TO_CLIENT, 1_000_000));
    try (InputStream stream = storage.open("object")) {
      assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aHungWriteIsEndedByInterruptionAndItsUploadAbortedByClose() throws Exception {
    Upload upload = storage.begin("object", PLAIN);
    upload.write(bytes(PART + 1), 0, PART + 1);
    proxy.inject(NetworkFault.stallAfter(TO_SERVER, 0));
    proxy.inject(NetworkFault.stallAfter(TO_SERVER, 0));
    proxy.inject(NetworkFault.stallAfter(TO_SERVER, 0));
    CountDownLatch ended = new CountDownLatch(1);
    CompletableFuture<Throwable> failure = new CompletableFuture<>();
    Thread writer =
        new Thread(
            () -> {
              try {
                upload.write(bytes(8 * PART), 0, 8 * PART);
                failure.complete(null);
              } catch (RuntimeException e) {
                failure.complete(e);
              }
              upload.close();
              assertThat(Thread.currentThread().isInterrupted()).isTrue();
              ended.countDown();
            });
    writer.start();
    await().atMost(Duration.ofMinutes(1)).until(() -> proxy.stalled() > 0);
    writer.interrupt();
    assertThat(failure.get(1, TimeUnit.MINUTES))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
    assertThat(ended.await(2, TimeUnit.MINUTES)).isTrue();
    proxy.calm();
    storage.sweep(Instant.now().plusSeconds(60));
    assertNothingLeft();
    assertThat(storage.list("")).isEmpty();
  }

  private void assertNothingLeft() {
    assertThat(Storages.openUploads(direct, bucket)).isEmpty();
    assertThat(Storages.names(direct, bucket))
        .noneMatch(name -> name.contains("conitrack-uploads"));
  }

  private static void assertFails(ErrorKind kind, ThrowingCallable call) {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .satisfies(e -> assertThat(e).hasMessageContaining("storage 'store'"));
  }
}
