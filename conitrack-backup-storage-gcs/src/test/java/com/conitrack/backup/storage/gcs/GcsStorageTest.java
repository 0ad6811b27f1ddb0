package com.conitrack.backup.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.conitrack.backup.core.port.BackupStorage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GcsStorageTest {
  @ParameterizedTest
  @ValueSource(strings = {"production", "production/", "/production/"})
  void aPrefixIsAFolderHoweverItIsWritten(String prefix) {
    BackupStorage storage = GcsStorage.in("gcs", "backups").prefix(prefix).build();

    assertThat(storage.info().location()).isEqualTo("gs://backups/production/");
    assertThat(storage.toString()).isEqualTo("GcsStorage[gcs in gs://backups/production/]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "gs://backups", "Backups", "a", "back ups"})
  void whatIsNoBucketsNameIsRefused(String bucket) {
    assertThatIllegalArgumentException().isThrownBy(() -> GcsStorage.in("gcs", bucket));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://host",
        "https://user@host",
        "https://host/path",
        "https://host?x=1",
        "host"
      })
  void anEndpointIsSchemeHostAndPort(String endpoint) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> GcsStorage.in("gcs", "backups").endpoint(URI.create(endpoint)));
  }

  @Test
  void credentialsAreNotSentReadable() {
    GcsStorageBuilder builder =
        GcsStorage.in("gcs", "backups").endpoint(URI.create("http://storage.example:8080"));

    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("use https");
    builder.withoutCredentials().build();
  }

  @Test
  void limitsAreChecked() {
    GcsStorageBuilder builder = GcsStorage.in("gcs", "backups");

    assertThatIllegalArgumentException().isThrownBy(() -> builder.partBytes(1_000_000));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.partBytes(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.retryTimeout(Duration.ZERO));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.answerTimeout(Duration.ofDays(2)));
  }

  /** RFC 3720, B.4, by way of the example in Google's documentation of its hashes. */
  @Test
  void aChecksumIsWrittenHighestByteFirst() {
    CRC32C checksum = new CRC32C();
    checksum.update("123456789".getBytes(StandardCharsets.US_ASCII));

    assertThat(Commitment.encode(checksum.getValue())).isEqualTo("4waSgw==");
  }
}
