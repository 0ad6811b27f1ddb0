package com.conitrack.backup.storage.gcs;

import static com.conitrack.backup.testsupport.net.NetworkFault.Direction.TO_CLIENT;
import static com.conitrack.backup.testsupport.net.NetworkFault.Direction.TO_SERVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Upload;
import com.conitrack.backup.testsupport.gcs.GcsCall;
import com.conitrack.backup.testsupport.gcs.GcsFault;
import com.conitrack.backup.testsupport.net.FaultProxy;
import com.conitrack.backup.testsupport.net.NetworkFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fails between here and the server, or in the server. */
class GcsFaultsIT extends GcsScenario {
  private final FaultProxy proxy = FaultProxy.to(server.address());
  private final BackupStorage storage = builder().endpoint(uri(proxy.address())).build();
  private final BackupStorage impatient = impatient().endpoint(uri(proxy.address())).build();

  @AfterEach
  void stopProxy() {
    proxy.close();
  }

  private BackupStorage noticingStalls() {
    return builder().endpoint(uri(proxy.address())).answerTimeout(Duration.ofSeconds(2)).build();
  }

  @Test
  void aConnectionCutWithinAPartGoesOnFromWhatTheServerHas() throws IOException {
    proxy.inject(NetworkFault.resetAfter(TO_SERVER, 2_700_000));
    byte[] content = bytes(5 * MIB + 17);

    put(storage, "cut", content);

    assertThat(proxy.faultsDone()).isEqualTo(1);
    assertThat(server.calls(GcsCall.STATUS)).isPositive();
    assertThat(get(storage, "cut")).isEqualTo(content);
  }

  @Test
  void aStalledConnectionIsLeftForAnother() throws IOException {
    BackupStorage storage = noticingStalls();
    proxy.inject(NetworkFault.stallAfter(TO_SERVER, 2_700_000));
    byte[] content = bytes(4 * MIB);

    put(storage, "stalled", content);

    assertThat(proxy.stalled()).isEqualTo(1);
    assertThat(get(storage, "stalled")).isEqualTo(content);
  }

  @Test
  void aDownloadThatStallsGoesOnOverAnotherConnection() throws IOException {
    BackupStorage storage = noticingStalls();
    byte[] content = bytes(4 * MIB);
    put(storage, "object", content);
    proxy.inject(NetworkFault.stallAfter(TO_CLIENT, 1_000_000));

    assertThat(get(storage, "object")).isEqualTo(content);
    assertThat(server.calls(GcsCall.MEDIA)).isGreaterThan(1);
  }

  @ParameterizedTest
  @CsvSource({
    "START, 500",
    "START, 429",
    "PART, 503",
    "PART, 429",
    "FINISH, 502",
    "GET, 503",
    "INSERT, 503"
  })
  void passingFailuresAreOutlasted(GcsCall call, int status) throws IOException {
    server.next(call, GcsFault.status(status));
    server.next(call, GcsFault.status(status));
    byte[] content = bytes(call == GcsCall.INSERT ? 1_000 : 3 * MIB);

    put(storage, "object", content);

    assertThat(get(storage, "object")).isEqualTo(content);
    assertThat(server.calls(call)).isGreaterThan(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = GcsCall.class,
      names = {"START", "PART", "INSERT"})
  void aServerThatStaysAwayIsGivenUp(GcsCall call) {
    server.always(call, GcsFault.status(503));
    byte[] content = bytes(call == GcsCall.INSERT ? 1_000 : 3 * MIB);

    assertFails(ErrorKind.CONNECTION, () -> put(impatient, "object", content))
        .hasMessageContaining("503")
        .hasMessageContaining("hint: ");
    assertThat(server.bucket("backups").names()).isEmpty();
  }

  @Test
  void throttlingIsNamed() {
    server.always(GcsCall.LIST, GcsFault.status(429));

    assertFails(ErrorKind.CONNECTION, () -> impatient.list(""))
        .hasMessageContaining("the server wants fewer requests")
        .hasMessageContaining("429");
  }

  @Test
  void anUnreachableServerIsNamed() {
    // A port given back by this test could be another server's by then; nobody is given this one.
    BackupStorage nowhere = impatient().endpoint(URI.create("http://127.0.0.1:1")).build();

    assertFails(ErrorKind.CONNECTION, () -> nowhere.find("object"))
        .hasMessageContaining("cannot be reached");
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 3 * MIB})
  void aCommitWhoseAnswerIsLostIsKnownToBeOurs(int length) throws IOException {
    GcsCall last = length < MIB ? GcsCall.INSERT : GcsCall.FINISH;
    server.next(last, GcsFault.loseAnswer());
    byte[] content = bytes(length);

    assertThat(put(storage, "object", content).bytes()).isEqualTo(length);

    assertThat(get(storage, "object")).isEqualTo(content);
    assertThat(server.bucket("backups").names()).containsExactly("object");
    assertFails(ErrorKind.ALREADY_EXISTS, () -> put(storage, "object", bytes(1)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 3 * MIB})
  void aCommitThatIsNeverAnsweredIsUncertain(int length) {
    server.always(length < MIB ? GcsCall.INSERT : GcsCall.FINISH, GcsFault.drop());
    server.always(GcsCall.STATUS, GcsFault.drop());

    assertFails(ErrorKind.CONNECTION, () -> put(impatient, "object", bytes(length)))
        .hasMessageContaining("did not confirm")
        .hasMessageNotContaining("upload_id");
    assertThat(impatient.find("object")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 3 * MIB})
  void whatArrivesDamagedIsRefusedAndRemoved(int length) {
    server.next(length < MIB ? GcsCall.INSERT : GcsCall.FINISH, GcsFault.corrupt());

    assertFails(ErrorKind.DAMAGED, () -> put(storage, "object", bytes(length)))
        .hasMessageContaining("checksum")
        .hasMessageContaining("deleted again");
    assertThat(server.bucket("backups").names()).isEmpty();
  }

  @Test
  void anUploadLeftOpenIsNeverFinished() {
    try (Upload upload = storage.begin("object", PLAIN)) {
      write(upload, bytes(3 * MIB));
    }

    assertThat(server.openSessions()).isEqualTo(1);
    assertThat(server.calls(GcsCall.FINISH)).isZero();
    assertThat(server.bucket("backups").names()).isEmpty();
    assertThat(storage.sweep(java.time.Instant.now())).isEmpty();
  }

  @Test
  void aBodyCutShortIsReadOnFromThere() throws IOException {
    byte[] content = bytes(2 * MIB);
    put(storage, "object", content);
    server.next(GcsCall.MEDIA, GcsFault.cutBody(1_000_000));
    server.next(GcsCall.MEDIA, GcsFault.cutBody(1));

    assertThat(get(storage, "object")).isEqualTo(content);
    assertThat(server.calls(GcsCall.MEDIA)).isEqualTo(3);
  }

  @Test
  void aBodyThatIsAlwaysCutIsAnErrorAndNotTheEnd() throws IOException {
    put(storage, "object", bytes(2 * MIB));
    server.always(GcsCall.MEDIA, GcsFault.cutBody(0));

    try (InputStream stream = impatient.open("object")) {
      assertThatThrownBy(stream::readAllBytes)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("'object'");
    }
  }

  @Test
  void anObjectThatGoesWhileItIsReadIsAnError() throws IOException {
    put(storage, "object", bytes(2 * MIB));
    server.next(GcsCall.MEDIA, GcsFault.cutBody(MIB));
    try (InputStream stream = storage.open("object")) {
      stream.readNBytes(1_000);
      storage.delete("object");
      put(storage, "object", bytes(2 * MIB + 1));

      assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
    }
  }
}
