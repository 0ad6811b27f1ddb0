package com.conitrack.backup.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StorageInfo.Capability;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.storage.gcs.GcsStorage.RetentionMode;
import com.conitrack.backup.testsupport.gcs.GcsBucket;
import com.conitrack.backup.testsupport.gcs.GcsCall;
import com.conitrack.backup.testsupport.gcs.GcsFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server refuses, what it protects, and what else lies in a bucket. */
class GcsRefusalsIT extends GcsScenario {
  private final GcsBucket bucket = server.bucket("backups");
  private final BackupStorage storage = builder().build();
  private final Instant later =
      Instant.now().plus(Duration.ofDays(30)).truncatedTo(ChronoUnit.SECONDS);

  @Test
  void aMissingBucketIsToldFromAMissingObject() {
    BackupStorage absent =
        GcsStorage.in("gcs", "absent").endpoint(server.uri()).withoutCredentials().build();

    assertFails(ErrorKind.NOT_FOUND, () -> put(absent, "object", bytes(1)))
        .hasMessageContaining("bucket 'absent' does not exist");
    assertFails(ErrorKind.NOT_FOUND, () -> put(absent, "object", bytes(3 * MIB)))
        .hasMessageContaining("bucket 'absent' does not exist");
    assertFails(ErrorKind.NOT_FOUND, () -> absent.find("object")).hasMessageContaining("bucket");
    assertFails(ErrorKind.NOT_FOUND, () -> absent.open("object")).hasMessageContaining("bucket");
    assertFails(ErrorKind.NOT_FOUND, () -> absent.list("")).hasMessageContaining("bucket");
    assertFails(ErrorKind.NOT_FOUND, () -> absent.delete("object")).hasMessageContaining("bucket");
  }

  @Test
  void aLackingPermissionIsNamedWithWhatGivesIt() throws IOException {
    put(storage, "object", bytes(10));
    server.deny("storage.objects.delete");

    assertFails(ErrorKind.PERMISSION, () -> storage.delete("object"))
        .hasMessageContaining("grant storage.objects.delete")
        .hasMessageContaining(
            "--member=serviceAccount:backup@test-project.iam.gserviceaccount.com");
    assertThat(get(storage, "object")).isEqualTo(bytes(10));
  }

  @Test
  void everyLackingPermissionIsNamed() {
    server.deny("storage.objects.create");
    server.deny("storage.objects.get");
    server.deny("storage.objects.list");

    assertFails(ErrorKind.PERMISSION, () -> put(storage, "object", bytes(1)))
        .hasMessageContaining("grant storage.objects.create");
    assertFails(ErrorKind.PERMISSION, () -> put(storage, "object", bytes(3 * MIB)))
        .hasMessageContaining("grant storage.objects.create");
    assertFails(ErrorKind.PERMISSION, () -> storage.find("object"))
        .hasMessageContaining("grant storage.objects.get");
    assertFails(ErrorKind.PERMISSION, () -> storage.list(""))
        .hasMessageContaining("grant storage.objects.list");
  }

  @Test
  void aRetentionPolicyMakesDeletingFailAndNothingElse() throws IOException {
    bucket.keepingFor(Duration.ofDays(7));
    put(storage, "object", bytes(10));

    assertFails(ErrorKind.IMMUTABLE, () -> storage.delete("object"))
        .hasMessageContaining("retention policy");
    assertThat(get(storage, "object")).isEqualTo(bytes(10));
    assertFails(ErrorKind.ALREADY_EXISTS, () -> put(storage, "object", bytes(1)));
  }

  @Test
  void aHoldMakesDeletingFailUntilItIsReleased() {
    put(storage, "object", bytes(10));
    bucket.hold("object");

    assertFails(ErrorKind.IMMUTABLE, () -> storage.delete("object"))
        .hasMessageContaining("hold")
        .hasMessageContaining("--no-temporary-hold");

    bucket.release("object");
    assertThat(storage.delete("object")).isTrue();
  }

  @ParameterizedTest
  @EnumSource(RetentionMode.class)
  void retentionIsSetWhereItIsAskedFor(RetentionMode mode) {
    bucket.withObjectRetention();
    BackupStorage retaining = builder().retention(mode).build();

    put(retaining, "small", bytes(10), PLAIN.retainedUntil(later));
    put(retaining, "large", bytes(3 * MIB), PLAIN.retainedUntil(later));
    put(retaining, "unprotected", bytes(10));

    assertThat(retaining.info().capabilities()).contains(Capability.RETENTION_LOCK);
    assertThat(bucket.resource("small"))
        .containsIgnoringCase("\"mode\":\"" + mode + "\"")
        .contains(later.toString().substring(0, 19));
    assertFails(ErrorKind.IMMUTABLE, () -> retaining.delete("small"));
    assertFails(ErrorKind.IMMUTABLE, () -> retaining.delete("large"));
    assertThat(retaining.delete("unprotected")).isTrue();
  }

  @Test
  void retentionIsNotSentUnlessSwitchedOn() {
    put(storage, "object", bytes(10), PLAIN.retainedUntil(later));

    assertThat(storage.info().capabilities()).doesNotContain(Capability.RETENTION_LOCK);
    assertThat(storage.delete("object")).isTrue();
  }

  @Test
  void aBucketWithoutObjectRetentionIsNamed() {
    BackupStorage retaining = builder().retention(RetentionMode.LOCKED).build();
    ObjectAttributes retained = PLAIN.retainedUntil(later);

    assertFails(ErrorKind.CONFIGURATION, () -> put(retaining, "object", bytes(10), retained))
        .hasMessageContaining("--enable-per-object-retention");
    assertFails(ErrorKind.CONFIGURATION, () -> put(retaining, "object", bytes(3 * MIB), retained))
        .hasMessageContaining("--enable-per-object-retention");
  }

  @Test
  void deletingLeavesNoVersionBehind() {
    bucket.versioned();
    put(storage, "object", bytes(10));

    assertThat(storage.delete("object")).isTrue();

    assertThat(bucket.names()).isEmpty();
    assertThat(bucket.noncurrentVersions()).isZero();
    assertThat(storage.delete("object")).isFalse();
  }

  @Test
  void aDeletionWhoseAnswerIsLostSucceeds() {
    put(storage, "object", bytes(10));
    server.next(GcsCall.DELETE, GcsFault.loseAnswer());

    assertThat(storage.delete("object")).isTrue();
    assertThat(bucket.names()).isEmpty();
  }

  @Test
  void whereTheRequesterPaysAProjectIsNamed() throws IOException {
    bucket.requesterPays();
    BackupStorage paying = builder().project("payer-1").build();

    assertFails(ErrorKind.CONFIGURATION, () -> put(storage, "object", bytes(1)))
        .hasMessageContaining("name the project that pays");
    put(paying, "object", bytes(3 * MIB));

    assertThat(get(paying, "object")).isEqualTo(bytes(3 * MIB));
    assertThat(server.payers()).containsExactly("payer-1");
  }

  @Test
  void disabledBillingIsNamed() {
    server.always(
        GcsCall.LIST,
        GcsFault.refuse(
            403,
            "accountDisabled",
            "The billing account for the owning project is disabled in state absent"));

    assertFails(ErrorKind.PERMISSION, () -> storage.list(""))
        .hasMessageContaining("link a billing account");
  }

  @Test
  void aQuotaUsedUpIsNamed() {
    server.always(
        GcsCall.LIST, GcsFault.refuse(403, "quotaExceeded", "Quota exceeded for egress bandwidth"));

    assertFails(ErrorKind.CONNECTION, () -> storage.list("")).hasMessageContaining("quota raised");
  }

  @Test
  void pagesAreReadToTheLast() {
    bucket.pagesOf(3);
    for (int i = 0; i < 10; i++) {
      put(storage, "many/" + i, bytes(i));
    }

    assertThat(storage.list("many/"))
        .hasSize(10)
        .isSortedAccordingTo((a, b) -> a.key().compareTo(b.key()));
    assertThat(server.calls(GcsCall.LIST)).isEqualTo(4);
  }

  @Test
  void namesThatAreNoKeysAreLeftOut() {
    for (String name : new String[] {"folder/", "with blank", ".hidden", "ñandú", "key"}) {
      bucket.put(name, new byte[1], null);
    }

    assertThat(storage.list("")).extracting(StoredObject::key).containsExactly("key");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40})
  void whatIsStoredCompressedIsReadAsStored(int offset) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(new byte[100_000]);
    }
    bucket.put("object", compressed.toByteArray(), "gzip");

    try (var stream = storage.open("object", offset)) {
      assertThat(stream.readAllBytes())
          .isEqualTo(
              java.util.Arrays.copyOfRange(compressed.toByteArray(), offset, compressed.size()));
    }
  }

  @Test
  void attributesAreKeptAndNoEncodingIsClaimed() {
    put(
        storage,
        "backup.sql.gz",
        bytes(10),
        new ObjectAttributes("application/gzip", PLAIN.metadata()));

    assertThat(bucket.resource("backup.sql.gz"))
        .contains("\"contentType\":\"application/gzip\"")
        .contains("\"sha-256\":\"abc\"")
        .doesNotContain("contentEncoding");
  }

  @Test
  void aSmallObjectTakesOneRequest() {
    put(storage, "object", bytes(MIB));

    assertThat(server.calls(GcsCall.INSERT)).isEqualTo(1);
    assertThat(server.calls(GcsCall.START)).isZero();
  }
}
