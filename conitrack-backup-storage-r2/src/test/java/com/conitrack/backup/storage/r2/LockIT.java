package com.conitrack.backup.storage.r2;

import static com.conitrack.backup.storage.r2.Storages.PART;
import static com.conitrack.backup.storage.r2.Storages.bytes;
import static com.conitrack.backup.storage.r2.Storages.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.StorageInfo.Capability;
import com.conitrack.backup.core.port.Upload;
import com.conitrack.backup.testsupport.net.HttpFront;
import com.conitrack.backup.testsupport.net.HttpRequestHead;
import com.conitrack.backup.testsupport.net.Reaction;
import com.conitrack.backup.testsupport.s3.S3Server;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;

/**
 * Objects that are not to be deleted. s3mock keeps the settings of object lock and enforces none,
 * so a front before it refuses to delete what was put with a time, and tells that time.
 */
class LockIT {
  private static final Instant UNTIL =
      Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);

  private static S3Server server;
  private static S3Client direct;

  private final Map<String, Instant> locked = new ConcurrentHashMap<>();
  private HttpFront front;
  private String bucket;

  @BeforeAll
  static void start() {
    server = S3Server.s3Mock();
    direct = Storages.client(server);
  }

  @AfterAll
  static void stop() {
    direct.close();
    server.close();
  }

  @BeforeEach
  void makeBucket() {
    bucket = "locked-" + System.nanoTime();
    direct.createBucket(request -> request.bucket(bucket).objectLockEnabledForBucket(true));
    direct.putBucketVersioning(
        request ->
            request
                .bucket(bucket)
                .versioningConfiguration(to -> to.status(BucketVersioningStatus.ENABLED)));
    front = HttpFront.before(server.address());
    front.react(this::enforce);
  }

  @AfterEach
  void disconnect() {
    front.close();
  }

  @ParameterizedTest
  @EnumSource(ObjectLockMode.class)
  void putsSmallAndLargeObjectsWithTheirTime(ObjectLockMode mode) {
    try (S3Storage storage = storage(mode)) {
      assertThat(storage.info().capabilities()).contains(Capability.RETENTION_LOCK);
      lock(storage, "small", 10);
      lock(storage, "large", 2 * PART);
      assertThat(front.seen())
          .filteredOn(request -> !request.header("x-amz-object-lock-mode").isEmpty())
          .extracting(request -> request.method() + " " + request.path())
          .containsExactly("PUT /" + bucket + "/small", "POST /" + bucket + "/large");
      assertThat(front.seen())
          .filteredOn(request -> !request.header("x-amz-object-lock-mode").isEmpty())
          .allSatisfy(
              request -> {
                assertThat(request.header("x-amz-object-lock-mode")).isEqualTo(mode.name());
                assertThat(request.header("x-amz-object-lock-retain-until-date"))
                    .isEqualTo(UNTIL.toString());
              });
      assertThat(front.seen())
          .as("S3 wants an MD5 of whatever is put with a lock")
          .filteredOn(request -> request.is("PUT"))
          .allSatisfy(request -> assertThat(request.header("Content-MD5")).isNotEmpty());
    }
  }

  @Test
  void aLockedObjectStaysAndTheRefusalSaysUntilWhen() {
    try (S3Storage storage = storage(ObjectLockMode.GOVERNANCE)) {
      lock(storage, "key", 10);
      assertRefused(ErrorKind.IMMUTABLE, storage)
          .withMessageContaining("protected by object lock until " + UNTIL);
      assertThat(storage.find("key")).isPresent();
      assertThat(storage.list("")).hasSize(1);
    }
  }

  @Test
  void anObjectUnderLegalHoldStays() {
    try (S3Storage storage = storage(ObjectLockMode.GOVERNANCE)) {
      put(storage, "key", bytes(10));
      direct.putObjectLegalHold(
          to ->
              to.bucket(bucket)
                  .key("key")
                  .legalHold(hold -> hold.status(ObjectLockLegalHoldStatus.ON)));
      locked.put("/" + bucket + "/key", UNTIL);
      assertRefused(ErrorKind.IMMUTABLE, storage).withMessageContaining("a legal hold");
    }
  }

  @Test
  void aRefusalWithoutALockIsALackOfPermission() {
    try (S3Storage storage = storage(ObjectLockMode.GOVERNANCE)) {
      put(storage, "key", bytes(10));
      front.react(
          request -> request.is("DELETE") ? Reaction.answer(403, "AccessDenied") : Reaction.pass());
      assertRefused(ErrorKind.PERMISSION, storage).withMessageContaining("s3:DeleteObjectVersion");
    }
  }

  @Test
  void aTimeThatHasPassedIsNoLock() {
    Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(31));
    try (S3Storage storage = storage(ObjectLockMode.GOVERNANCE);
        S3Storage then = Storages.at(front.address()).bucket(bucket).clock(later).build()) {
      lock(storage, "key", 10);
      assertRefused(ErrorKind.PERMISSION, then);
      locked.clear();
      assertThat(then.delete("key")).isTrue();
    }
  }

  @Test
  void withoutALockConfiguredATimeIsLeftOut() {
    try (S3Storage storage = Storages.at(front.address()).bucket(bucket).build()) {
      assertThat(storage.info().capabilities()).doesNotContain(Capability.RETENTION_LOCK);
      lock(storage, "key", 10);
      assertThat(front.seen())
          .allSatisfy(request -> assertThat(request.header("x-amz-object-lock-mode")).isEmpty());
      assertThat(storage.delete("key")).isTrue();
    }
  }

  @Test
  void aDeleteLeavesNoVersionAndNoMarkerBehind() {
    try (S3Storage storage = Storages.at(front.address()).bucket(bucket).build()) {
      put(storage, "large", bytes(2 * PART));
      assertThat(storage.delete("large")).isTrue();
      assertThat(storage.find("large")).isEmpty();
      assertThat(direct.listObjectVersions(to -> to.bucket(bucket).prefix("large")).versions())
          .isEmpty();
      assertThat(
              direct
                  .listObjectVersions(to -> to.bucket(bucket).prefix(".conitrack-uploads"))
                  .versions())
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 403})
  void aBucketLockOfR2IsRecognised(int status) {
    try (S3Storage storage = Storages.at(front.address()).bucket(bucket).build()) {
      put(storage, "key", bytes(10));
      front.react(
          request ->
              request.is("DELETE")
                  ? Reaction.answer(status, "ObjectLockedByBucketPolicy")
                  : Reaction.pass());
      assertRefused(ErrorKind.IMMUTABLE, storage).withMessageContaining("a lock on the bucket");
      assertThat(storage.find("key")).isPresent();
    }
  }

  @Test
  void aKeyThatR2SaysIsLockedIsTaken() {
    try (S3Storage storage = Storages.at(front.address()).bucket(bucket).build();
        Upload upload = storage.begin("key", Storages.PLAIN)) {
      put(storage, "key", bytes(10));
      front.react(
          request ->
              request.is("PUT")
                  ? Reaction.answer(409, "ObjectLockedByBucketPolicy")
                  : Reaction.pass());
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(upload::commit)
          .satisfies(e -> assertThat(e.kind()).isEqualTo(ErrorKind.ALREADY_EXISTS));
    }
  }

  private S3Storage storage(ObjectLockMode mode) {
    return Storages.at(front.address()).bucket(bucket).objectLock(mode).build();
  }

  private static void lock(S3Storage storage, String key, int length) {
    try (Upload upload = storage.begin(key, Storages.PLAIN.retainedUntil(UNTIL))) {
      upload.write(bytes(length), 0, length);
      upload.commit();
    }
  }

  private Reaction enforce(HttpRequestHead request) {
    String until = request.header("x-amz-object-lock-retain-until-date");
    if (!until.isEmpty()) {
      locked.put(request.path(), Instant.parse(until));
    }
    if (request.is("GET") && request.asks("retention") && locked.containsKey(request.path())) {
      return Reaction.answerWith(
          200,
          "<Retention><Mode>GOVERNANCE</Mode><RetainUntilDate>"
              + locked.get(request.path())
              + "</RetainUntilDate></Retention>");
    }
    return request.is("DELETE") && locked.containsKey(request.path())
        ? Reaction.answer(403, "AccessDenied")
        : Reaction.pass();
  }

  private static ThrowableAssertAlternative<StorageException> assertRefused(
      ErrorKind kind, S3Storage storage) {
    return assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> storage.delete("key"))
        .satisfies(e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
  }
}
