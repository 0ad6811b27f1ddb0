package com.conitrack.backup.storage.r2;

import static com.conitrack.backup.storage.r2.Storages.PART;
import static com.conitrack.backup.storage.r2.Storages.PLAIN;
import static com.conitrack.backup.storage.r2.Storages.bytes;
import static com.conitrack.backup.storage.r2.Storages.get;
import static com.conitrack.backup.storage.r2.Storages.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.Upload;
import com.conitrack.backup.testsupport.net.HttpFront;
import com.conitrack.backup.testsupport.net.HttpRequestHead;
import com.conitrack.backup.testsupport.net.Reaction;
import com.conitrack.backup.testsupport.s3.S3Server;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;

/** Answers that a store gives, fails to give, or gives too late. */
class AnswersOfTheStoreIT {
  private static final Predicate<HttpRequestHead> PART_PUT =
      request -> request.is("PUT") && request.asks("partNumber");
  private static final Predicate<HttpRequestHead> WHOLE_PUT =
      request -> request.is("PUT") && request.query().isEmpty() && request.path().endsWith("/key");
  private static final Predicate<HttpRequestHead> COMPLETE =
      request -> request.is("POST") && request.asks("uploadId");
  private static final Predicate<HttpRequestHead> ABORT =
      request -> request.is("DELETE") && request.asks("uploadId");
  private static final Predicate<HttpRequestHead> HEAD = request -> request.is("HEAD");

  private static S3Server server;
  private static S3Client direct;

  private HttpFront front;
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
    front = HttpFront.before(server.address());
    bucket = server.newBucket();
    storage = Storages.at(front.address()).bucket(bucket).build();
  }

  @AfterEach
  void disconnect() {
    front.close();
    storage.close();
  }

  @ParameterizedTest
  @CsvSource({"500, InternalError", "503, SlowDown", "503, ServiceUnavailable"})
  void passingTroubleIsOvercome(int status, String code) throws IOException {
    AtomicInteger left = new AtomicInteger(2);
    front.react(
        request ->
            PART_PUT.test(request) && left.getAndDecrement() > 0
                ? Reaction.answer(status, code)
                : Reaction.pass());
    put(storage, "key", bytes(2 * PART));
    assertThat(left.get()).isNegative();
    assertThat(get(storage, "key")).isEqualTo(bytes(2 * PART));
    assertNothingLeft();
  }

  @ParameterizedTest
  @CsvSource({
    "500, InternalError, IO, the store failed",
    "503, SlowDown, IO, fewer requests",
    "507, InsufficientStorage, FULL, no room left",
    "403, AccessDenied, PERMISSION, s3:PutObject",
    "403, QuotaExceeded, FULL, raise the quota",
    "400, EntityTooLarge, CONFIGURATION, part-size",
    "400, BadDigest, DAMAGED, changed on their way",
    "404, NoSuchUpload, IO, lifecycle rule",
  })
  void lastingTroubleFailsTheUpload(int status, String code, ErrorKind kind, String text) {
    answer(PART_PUT, status, code);
    assertFails(kind, () -> put(storage, "key", bytes(2 * PART))).withMessageContaining(text);
    front.react(request -> Reaction.pass());
    assertThat(storage.list("")).isEmpty();
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 2 * PART})
  void anUploadRecognisesItsOwnWhenTheAnswerToItsCommitIsLost(int length) throws IOException {
    AtomicInteger left = new AtomicInteger(1);
    front.react(
        request ->
            WHOLE_PUT.or(COMPLETE).test(request) && left.getAndDecrement() > 0
                ? Reaction.loseAnswer()
                : Reaction.pass());
    assertThat(put(storage, "key", bytes(length)).bytes()).isEqualTo(length);
    assertThat(left.get()).as("it was asked again").isNegative();
    assertThat(get(storage, "key")).isEqualTo(bytes(length));
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 2 * PART})
  void anotherWritersObjectIsNotTakenForOurs(int length) throws IOException {
    byte[] theirs = bytes(7);
    try (S3Storage other = Storages.at(server).bucket(bucket).build();
        Upload upload = storage.begin("key", PLAIN)) {
      upload.write(bytes(length), 0, length);
      put(other, "key", theirs);
      front.react(
          request ->
              WHOLE_PUT.or(COMPLETE).test(request) ? Reaction.loseAnswer() : Reaction.pass());
      assertFails(ErrorKind.ALREADY_EXISTS, upload::commit);
      front.react(request -> Reaction.pass());
    }
    assertThat(get(storage, "key")).isEqualTo(theirs);
    assertNothingLeft();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 2 * PART})
  void aCommitOfWhichNothingIsKnownSaysSo(int length) {
    Upload upload = storage.begin("key", PLAIN);
    upload.write(bytes(length), 0, length);
    answer(WHOLE_PUT.or(COMPLETE).or(HEAD), 500, "InternalError");
    assertFails(ErrorKind.CONNECTION, upload::commit)
        .withMessageContaining("did not say whether it was done");
    upload.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 2 * PART})
  void aConflictThatPassesIsNoFailure(int length) throws IOException {
    AtomicInteger left = new AtomicInteger(2);
    front.react(
        request ->
            WHOLE_PUT.or(COMPLETE).test(request) && left.getAndDecrement() > 0
                ? Reaction.answer(409, "ConditionalRequestConflict")
                : Reaction.pass());
    put(storage, "key", bytes(length));
    assertThat(get(storage, "key")).isEqualTo(bytes(length));
  }

  @Test
  void aStoreWithoutConditionalWritesIsNamedWithTheSetting() {
    answer(WHOLE_PUT, 501, "NotImplemented");
    assertFails(ErrorKind.CONFIGURATION, () -> put(storage, "key", bytes(1)))
        .withMessageContaining("conditional-writes: false");
  }

  @Test
  void everyCommitCarriesTheCondition() {
    put(storage, "key", bytes(1));
    put(storage, "large", bytes(2 * PART));
    assertThat(front.seen())
        .filteredOn(WHOLE_PUT.or(COMPLETE))
        .hasSize(2)
        .allSatisfy(request -> assertThat(request.header("If-None-Match")).isEqualTo("*"));
    assertThat(front.seen())
        .as("R2 takes neither chunks nor the SDK's checksums")
        .allSatisfy(
            request ->
                assertThat(request.headers())
                    .doesNotContainKeys("x-amz-trailer", "x-amz-sdk-checksum-algorithm")
                    .doesNotContainEntry("content-encoding", "aws-chunked"));
  }

  @Test
  void allPartsButTheLastHaveOneSizeWhateverIsWritten() {
    Set<Long> sizes = ConcurrentHashMap.newKeySet();
    try (Upload upload = storage.begin("key", PLAIN)) {
      byte[] content = bytes(3_333_333);
      for (int i = 0; i < 5; i++) {
        upload.write(content, 0, content.length);
      }
      upload.commit();
    }
    front.seen().stream()
        .filter(PART_PUT)
        .forEach(request -> sizes.add(Long.valueOf(request.header("Content-Length"))));
    assertThat(sizes).containsExactlyInAnyOrder((long) PART, 5L * 3_333_333 - 3L * PART);
  }

  @Test
  void anAbortThatIsLostIsMadeUpBySweepAndOnlyForOurs() {
    String foreign =
        direct.createMultipartUpload(request -> request.bucket(bucket).key("foreign")).uploadId();
    answer(ABORT, 500, "InternalError");
    try (Upload upload = storage.begin("key", PLAIN)) {
      upload.write(bytes(PART + 1), 0, PART + 1);
    }
    front.react(request -> Reaction.pass());
    assertThat(Storages.openUploads(direct, bucket)).containsExactlyInAnyOrder("foreign", "key");
    assertThat(storage.sweep(Instant.now().minus(Duration.ofDays(1)))).isEmpty();
    assertThat(Storages.openUploads(direct, bucket)).hasSize(2);
    assertThat(storage.sweep(Instant.now().plusSeconds(60))).hasSize(1);
    assertThat(Storages.openUploads(direct, bucket)).containsExactly("foreign");
    assertThat(storage.sweep(Instant.now().plusSeconds(60))).isEmpty();
    direct.abortMultipartUpload(request -> request.bucket(bucket).key("foreign").uploadId(foreign));
    assertNothingLeft();
  }

  @Test
  void anOwnerCanHaveItsUnfinishedUploadsEndedAtOnce() {
    answer(ABORT, 500, "InternalError");
    leaveUnfinished("mine", "me");
    leaveUnfinished("other", "somebody");
    front.react(request -> Reaction.pass());

    assertThat(storage.sweepOwned("nobody")).isEmpty();
    assertThat(storage.sweepOwned("me")).hasSize(1).first().asString().contains("'mine'");
    assertThat(Storages.openUploads(direct, bucket)).containsExactly("other");
    assertThat(storage.sweepOwned("me")).isEmpty();
    assertThat(storage.sweepOwned("somebody")).hasSize(1);
    assertNothingLeft();
  }

  private void leaveUnfinished(String key, String owner) {
    ObjectAttributes attributes =
        new ObjectAttributes("application/gzip", Map.of(ObjectAttributes.OWNER, owner));
    try (Upload upload = storage.begin(key, attributes)) {
      upload.write(bytes(PART + 1), 0, PART + 1);
    }
  }

  @Test
  void ofTwoUploadsBegunForOneByARepeatedRequestNoneIsLeft() throws IOException {
    AtomicInteger left = new AtomicInteger(1);
    front.react(
        request ->
            request.is("POST") && request.asks("uploads") && left.getAndDecrement() > 0
                ? Reaction.loseAnswer()
                : Reaction.pass());
    put(storage, "key", bytes(2 * PART));
    assertThat(Storages.openUploads(direct, bucket)).containsExactly("key");
    storage.sweep(Instant.now().plusSeconds(60));
    assertNothingLeft();
    assertThat(get(storage, "key")).isEqualTo(bytes(2 * PART));
  }

  @Test
  void morePartsThanAStoreTakesAreRefusedWithTheSetting() {
    try (S3Storage small = Storages.at(server).bucket(bucket).mostParts(2).build()) {
      put(small, "fits", bytes(2 * PART));
      assertFails(ErrorKind.CONFIGURATION, () -> put(small, "key", bytes(2 * PART + 1)))
          .withMessageContaining("more than 2 parts")
          .withMessageContaining("part-size");
      assertThat(small.find("key")).isEmpty();
    }
    assertNothingLeft();
  }

  @Test
  void aWrongClockIsSaidWithHowWrongItIs() {
    Instant theirs = Instant.now().plus(Duration.ofHours(2));
    String date =
        "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(theirs.atOffset(ZoneOffset.UTC));
    front.react(request -> Reaction.answer(403, "RequestTimeTooSkewed", date));
    assertFails(ErrorKind.CONFIGURATION, () -> storage.list(""))
        .withMessageMatching(
            "(?s).*clock is wrong: it differs from the store's by 7[12]\\d\\d s.*");
  }

  @Test
  void aBucketElsewhereIsSaidWithItsRegion() {
    front.react(
        request -> Reaction.answer(301, "PermanentRedirect", "x-amz-bucket-region: eu-central-1"));
    assertFails(ErrorKind.CONFIGURATION, () -> storage.list(""))
        .withMessageContaining("set the region to eu-central-1");
  }

  private void answer(Predicate<HttpRequestHead> which, int status, String code) {
    front.react(request -> which.test(request) ? Reaction.answer(status, code) : Reaction.pass());
  }

  private void assertNothingLeft() {
    assertThat(Storages.openUploads(direct, bucket)).isEmpty();
    List<String> names = Storages.names(direct, bucket);
    assertThat(names).noneMatch(name -> name.contains("conitrack-uploads"));
  }

  private static ThrowableAssertAlternative<StorageException> assertFails(
      ErrorKind kind, ThrowingCallable call) {
    return assertThatExceptionOfType(StorageException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .withMessageStartingWith("unable to");
  }
}
