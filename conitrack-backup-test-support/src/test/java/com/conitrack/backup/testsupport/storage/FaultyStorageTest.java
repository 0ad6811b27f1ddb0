package com.conitrack.backup.testsupport.storage;

import static com.conitrack.backup.testsupport.storage.StorageTools.PLAIN;
import static com.conitrack.backup.testsupport.storage.StorageTools.bytes;
import static com.conitrack.backup.testsupport.storage.StorageTools.get;
import static com.conitrack.backup.testsupport.storage.StorageTools.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.memory.InMemoryStorage;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FaultyStorageTest extends BackupStorageContract {
  private final InMemoryStorage below = new InMemoryStorage("memory");
  private final FaultyStorage storage = new FaultyStorage(below);

  @Override
  protected BackupStorage emptyStorage() {
    return storage;
  }

  @Override
  protected BackupStorage sameStorageAgain() {
    return storage;
  }

  @Test
  void failsTheNthCallOnly() {
    storage.add(new Fault.FailNth(Operation.COMMIT, 2, ErrorKind.IO));
    put(storage, "first", bytes(1));
    assertFails(ErrorKind.IO, () -> put(storage, "second", bytes(1)));
    put(storage, "third", bytes(1));
    assertThat(StorageTools.keys(below, "")).containsExactly("first", "third");
  }

  @Test
  void failsUntilHealed() {
    storage.add(new Fault.FailFrom(Operation.LIST, 1, ErrorKind.CONNECTION));
    assertFails(ErrorKind.CONNECTION, () -> storage.list(""));
    assertFails(ErrorKind.CONNECTION, () -> storage.list("a"));
    storage.heal();
    assertThat(storage.list("")).isEmpty();
  }

  @Test
  void failsForTheKeysMeantOnly() {
    storage.add("bad"::equals, new Fault.FailFrom(Operation.BEGIN, 1, ErrorKind.PERMISSION));
    assertFails(ErrorKind.PERMISSION, () -> storage.begin("bad", PLAIN));
    put(storage, "good", bytes(1));
  }

  @Test
  void aFailedUploadIsGoodOnlyForClosing() {
    storage.add(new Fault.FailWriteAfter(150, ErrorKind.FULL));
    try (Upload upload = storage.begin("key", PLAIN)) {
      upload.write(bytes(100), 0, 100);
      assertFails(ErrorKind.FULL, () -> upload.write(bytes(100), 0, 100));
      assertThatThrownBy(() -> upload.write(bytes(1), 0, 1))
          .isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(upload::commit).isInstanceOf(IllegalStateException.class);
    }
    assertThat(below.list("")).isEmpty();
    assertThat(below.openHandles()).isEmpty();
  }

  @Test
  void losesTheAnswerOfACommit() throws IOException {
    storage.add(new Fault.LoseCommitAnswer());
    assertFails(ErrorKind.CONNECTION, () -> put(storage, "key", bytes(5)));
    assertThat(get(below, "key")).isEqualTo(bytes(5));
  }

  @Test
  void breaksCutsAndDamagesWhatIsRead() throws IOException {
    put(storage, "key", bytes(20_000));
    storage.add(new Fault.FailReadAfter(10_000));
    try (InputStream stream = storage.open("key")) {
      assertThat(stream.readNBytes(10_000)).hasSize(10_000);
      assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
    }

    storage.heal();
    storage.add(new Fault.TruncateRead(15_000));
    assertThat(get(storage, "key")).hasSize(15_000);

    storage.heal();
    storage.add(new Fault.FlipBit(12_345));
    byte[] damaged = bytes(20_000);
    damaged[12_345] ^= 1;
    assertThat(get(storage, "key")).isEqualTo(damaged);
    try (InputStream stream = storage.open("key")) {
      stream.skipNBytes(12_345);
      assertThat((byte) stream.read()).isEqualTo(damaged[12_345]);
    }

    storage.add(new Fault.OverwriteByte(19_999, 7));
    damaged[19_999] = 7;
    assertThat(get(storage, "key")).isEqualTo(damaged);
  }

  @Test
  void stallsUntilReleased() throws Exception {
    Gate gate = new Gate();
    storage.add(new Fault.Stall(Operation.WRITE, gate));
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(() -> put(storage, "key", bytes(9)));
    gate.awaitArrival(Duration.ofMinutes(1));
    assertThat(writing).isNotDone();
    gate.open();
    writing.get(1, TimeUnit.MINUTES);
    assertThat(get(below, "key")).isEqualTo(bytes(9));
  }

  @Test
  void anInterruptEndsAStall() {
    storage.add(new Fault.Stall(Operation.OPEN, new Gate()));
    Thread.currentThread().interrupt();
    assertFails(ErrorKind.CANCELLED, () -> storage.open("key"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void runsAHookBeforeTheCommit() throws IOException {
    storage.add(new Fault.BeforeCommit(() -> put(below, "key", bytes(3))));
    assertFails(ErrorKind.ALREADY_EXISTS, () -> put(storage, "key", bytes(4)));
    assertThat(get(below, "key")).isEqualTo(bytes(3));
  }

  private static void assertFails(ErrorKind kind, ThrowingCallable call) {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(call)
        .extracting(StorageException::kind)
        .isEqualTo(kind);
  }
}
