package com.conitrack.backup.storage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.testsupport.gcs.GcsAccount;
import com.conitrack.backup.testsupport.gcs.GcsCall;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GcsCredentialsIT extends GcsScenario {
  private static final String EMAIL = "backup@test-project.iam.gserviceaccount.com";

  @TempDir private Path directory;

  @Test
  void aKeyFileIsEnough() throws IOException {
    BackupStorage storage = withKeyOf(server.account(EMAIL));

    put(storage, "object", bytes(3 * MIB));

    assertThat(get(storage, "object")).isEqualTo(bytes(3 * MIB));
    assertThat(server.calls(GcsCall.TOKEN)).isEqualTo(1);
  }

  @Test
  void credentialsAreNotLookedForBeforeTheyAreNeeded() {
    BackupStorage storage = builder().credentialsFile(directory.resolve("not-yet.json")).build();

    assertThat(storage.info().location()).isEqualTo("gs://backups/");
    assertThat(storage.list("ñ")).isEmpty();
    assertFails(ErrorKind.CONFIGURATION, () -> storage.list(""))
        .hasMessageContaining("not-yet.json' does not exist");
  }

  @Test
  void aFileThatHoldsNoCredentialsIsNotQuoted() throws IOException {
    Path file = Files.writeString(directory.resolve("key.json"), "{\"private_key\": \"s3cret\"}");
    BackupStorage storage = builder().credentialsFile(file).build();

    assertFails(ErrorKind.AUTHENTICATION, () -> storage.list(""))
        .hasMessageContaining("cannot be used")
        .satisfies(e -> assertThat(trace(e)).doesNotContain("s3cret"));
  }

  @Test
  void anAccountThatIsGoneIsNamed() throws IOException {
    BackupStorage storage = withKeyOf(server.account(EMAIL));
    server.removeAccount(EMAIL);

    assertFails(ErrorKind.AUTHENTICATION, () -> storage.list(""))
        .hasMessageContaining("account not found")
        .hasMessageContaining("make a new key");
  }

  @Test
  void aKeyThatWasReplacedIsNamed() throws IOException {
    GcsAccount former = server.account(EMAIL);
    BackupStorage storage = withKeyOf(former);
    server.account(EMAIL);

    assertFails(ErrorKind.AUTHENTICATION, () -> storage.list(""))
        .hasMessageContaining("Invalid JWT Signature")
        .satisfies(e -> assertThat(trace(e)).doesNotContain(former.pem().substring(30, 90)));
  }

  @Test
  void aClockThatIsWrongIsNamed() throws IOException {
    BackupStorage storage = withKeyOf(server.account(EMAIL));
    server.goAhead(Duration.ofHours(3));

    assertFails(ErrorKind.AUTHENTICATION, () -> storage.list(""))
        .hasMessageContaining("clock differs from Google's");
  }

  @Test
  void aServerForTokensThatCannotBeReachedIsNamed() throws IOException {
    try (Socket silent = new Socket()) {
      silent.bind(new InetSocketAddress("127.0.0.1", 0)); // Nobody else can take it meanwhile.
      String keyFile =
          server
              .account(EMAIL)
              .keyFile()
              .replace(":" + server.address().getPort(), ":" + silent.getLocalPort());
      Path file = Files.writeString(directory.resolve("key.json"), keyFile);
      BackupStorage storage = impatient().credentialsFile(file).build();

      assertFails(ErrorKind.CONNECTION, () -> storage.list(""))
          .hasMessageContaining("server for them cannot be reached");
    }
  }

  @Test
  void credentialsThatAreRefusedAreNamedAndNotShown() {
    server.account(EMAIL);
    GoogleCredentials stale =
        GoogleCredentials.create(
            new AccessToken("ya29.stale", Date.from(Instant.now().plusSeconds(3600))));
    BackupStorage storage = builder().credentials(() -> stale).build();

    assertThat(storage.toString()).doesNotContain("ya29");
    assertFails(ErrorKind.AUTHENTICATION, () -> put(storage, "object", bytes(3 * MIB)))
        .hasMessageContaining("access token")
        .satisfies(e -> assertThat(trace(e)).doesNotContain("ya29"));
  }

  @Test
  void lackingCredentialsAreNamed() {
    server.account(EMAIL);

    assertFails(ErrorKind.AUTHENTICATION, () -> builder().build().list(""))
        .hasMessageContaining("no credentials were sent");
  }

  @Test
  void aClientThatIsThereAlreadyIsUsed() throws Exception {
    server.bucket("backups");
    Storage client =
        StorageOptions.http()
            .setProjectId("test-project")
            .setHost(server.uri().toString())
            .setCredentials(NoCredentials.getInstance())
            .build()
            .getService();
    BackupStorage storage = GcsStorage.in("gcs", "backups").client(client).build();
    put(storage, "object", bytes(3 * MIB));

    assertThat(get(storage, "object")).isEqualTo(bytes(3 * MIB));
    assertThat(client.get("backups", "object").getSize()).isEqualTo(3L * MIB);
    client.close();
  }

  private BackupStorage withKeyOf(GcsAccount account) throws IOException {
    Path file = Files.writeString(directory.resolve("key.json"), account.keyFile());
    return builder().credentialsFile(file).build();
  }

  private static String trace(Throwable e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
