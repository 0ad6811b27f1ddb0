package com.conitrack.backup.storage.r2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.conitrack.backup.core.port.StorageInfo.Capability;
import com.conitrack.backup.storage.r2.R2Storage.Jurisdiction;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class S3StorageTest {
  private static final String ACCOUNT = "0123456789abcdef0123456789abcdef";

  @Test
  void describesItselfWithoutIoAndWithoutSecrets() {
    S3StorageBuilder builder =
        R2Storage.account("r2", ACCOUNT, Jurisdiction.EU)
            .bucket("backups")
            .prefix("conitrack/production/")
            .credentials("the-key-id", "the-secret");
    try (S3Storage storage = builder.build()) {
      assertThat(storage.info().location())
          .isEqualTo(
              "s3://backups/conitrack/production/ at https://"
                  + ACCOUNT
                  + ".eu.r2.cloudflarestorage.com");
      assertThat(storage.info().capabilities())
          .containsExactlyInAnyOrder(
              Capability.DURABLE, Capability.ATTRIBUTES, Capability.ATOMIC_CREATE);
      assertThat(storage + builder.toString()).doesNotContain("the-secret", "the-key-id");
    }
  }

  @Test
  void findsR2ByJurisdiction() {
    assertThat(location(R2Storage.account("r2", ACCOUNT)))
        .endsWith("https://" + ACCOUNT + ".r2.cloudflarestorage.com");
    assertThat(location(R2Storage.account("r2", ACCOUNT, Jurisdiction.FEDRAMP)))
        .endsWith("https://" + ACCOUNT + ".fedramp.r2.cloudflarestorage.com");
  }

  @Test
  void declaresWhatItWasConfiguredFor() {
    try (S3Storage storage =
        S3Storage.named("s3")
            .bucket("backups")
            .region("eu-central-1")
            .conditionalWrites(false)
            .objectLock(ObjectLockMode.COMPLIANCE)
            .build()) {
      assertThat(storage.info().location()).isEqualTo("s3://backups/ at Amazon S3");
      assertThat(storage.info().capabilities())
          .contains(Capability.RETENTION_LOCK)
          .doesNotContain(Capability.ATOMIC_CREATE);
    }
  }

  @Test
  void refusesWhatCannotBe() {
    S3StorageBuilder builder = S3Storage.named("s3");
    List<ThrowingCallable> calls =
        List.of(
            () -> R2Storage.account("r2", "an account"),
            () -> builder.build(),
            () -> builder.bucket("a/b"),
            () -> builder.prefix("/a"),
            () -> builder.prefix("a//b"),
            () -> builder.prefix("../a"),
            () -> builder.endpoint(URI.create("ftp://host")),
            () -> builder.endpoint(URI.create("https:///path")),
            () -> builder.partBytes(5 * 1024 * 1024 - 1),
            () -> builder.partBytes(5L * 1024 * 1024 * 1024 + 1),
            () -> builder.partsInFlight(0),
            () -> builder.attempts(0),
            () -> builder.timeouts(Duration.ofSeconds(2), Duration.ofSeconds(1)),
            () -> builder.timeouts(Duration.ZERO, Duration.ofSeconds(1)));
    for (ThrowingCallable call : calls) {
      assertThatIllegalArgumentException().isThrownBy(call);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.endpoint(URI.create("https://user:hunter2@host")))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"));
  }

  @Test
  void fiveTebibytesFitIntoTenThousandPartsOfTheSizeThatTheMessageNames() {
    assertThat(10_000 * 525L * 1024 * 1024).isGreaterThan(5L << 40);
    assertThat(10_000 * 524L * 1024 * 1024).isLessThan(5L << 40);
  }

  private static String location(S3StorageBuilder builder) {
    try (S3Storage storage = builder.bucket("backups").credentials("id", "secret").build()) {
      return storage.info().location();
    }
  }
}
