package com.conitrack.backup.testsupport.storage;

import static com.conitrack.backup.testsupport.storage.StorageTools.PLAIN;
import static com.conitrack.backup.testsupport.storage.StorageTools.bytes;
import static com.conitrack.backup.testsupport.storage.StorageTools.get;
import static com.conitrack.backup.testsupport.storage.StorageTools.keys;
import static com.conitrack.backup.testsupport.storage.StorageTools.put;
import static com.conitrack.backup.testsupport.storage.StorageTools.race;
import static com.conitrack.backup.testsupport.storage.StorageTools.writeAll;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.StorageInfo.Capability;
import com.conitrack.backup.core.port.Upload;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a storage must refuse, and leave no trace of; part of {@link BackupStorageContract}. */
abstract class StorageRefusalContract {
  BackupStorage storage;

  /** A storage without objects. Called once before each check. */
  protected abstract BackupStorage emptyStorage() throws Exception;

  /**
   * Another instance over the same place, as another process would have it; where the storage is
   * not {@link Capability#DURABLE}, the same instance.
   */
  protected abstract BackupStorage sameStorageAgain() throws Exception;

  @BeforeEach
  final void makeStorage() throws Exception {
    storage = emptyStorage();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 5, 6 * 1024 * 1024})
  final void anUploadClosedWithoutCommitLeavesNothing(int length) {
    try (Upload upload = storage.begin("dir/short", PLAIN)) {
      writeAll(upload, bytes(length), 100_000);
    }
    assertAbsent("dir/short");
    assertThat(storage.list("")).isEmpty();
    put(storage, "dir/short", bytes(3));
  }

  @Test
  final void aTakenKeyIsRefusedAndUntouched() throws IOException {
    put(storage, "taken", bytes(100));
    assertRefused(() -> put(storage, "taken", bytes(50)));
    assertRefused(() -> put(storage, "taken", bytes(0)));
    assertThat(get(storage, "taken")).isEqualTo(bytes(100));
    assertThat(keys(storage, "")).containsExactly("taken");
  }

  @Test
  final void aKeyTakenDuringTheUploadIsRefusedAndUntouched() throws IOException {
    try (Upload upload = storage.begin("contested", PLAIN)) {
      writeAll(upload, bytes(50), 10);
      put(storage, "contested", bytes(100));
      assertRefused(upload::commit);
      assertThatThrownBy(upload::commit).isInstanceOf(IllegalStateException.class);
    }
    assertThat(get(storage, "contested")).isEqualTo(bytes(100));
  }

  @Test
  final void ofSixteenRacingWritersExactlyOneWins() throws Exception {
    for (int round = 0; round < 5; round++) {
      String key = "race/" + round;
      List<Integer> winners =
          race(16, i -> () -> tryToPut(key, i)).stream().flatMap(Optional::stream).toList();
      if (storage.info().capabilities().contains(Capability.ATOMIC_CREATE)) {
        assertThat(winners).as("winners of round %d", round).hasSize(1);
      }
      assertThat(winners.stream().map(winner -> bytes(10_000 + winner)))
          .as("what is left of round %d", round)
          .contains(get(storage, key));
    }
    assertThat(storage.list("")).hasSize(5);
  }

  @Test
  final void nothingIsVisibleBeforeTheCommit() throws Exception {
    byte[] content = bytes(5 * 1024 * 1024 + 1);
    try (Upload upload = storage.begin("dir/object", PLAIN)) {
      assertAbsent("dir/object");
      for (int offset = 0; offset < content.length; offset += 500_000) {
        upload.write(content, offset, Math.min(500_000, content.length - offset));
        assertAbsent("dir/object");
      }
      assertThat(upload.commit().bytes()).isEqualTo(content.length);
      assertThat(get(sameStorageAgain(), "dir/object")).isEqualTo(content);
    }
    assertThat(get(storage, "dir/object")).isEqualTo(content);
  }

  @Test
  final void anUploadThatEndedTakesNoMore() throws IOException {
    Upload upload = storage.begin("once", PLAIN);
    upload.write(bytes(10), 0, 10);
    upload.commit();
    assertThatThrownBy(upload::commit).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> upload.write(bytes(1), 0, 1))
        .isInstanceOf(IllegalStateException.class);
    upload.close();
    upload.close();
    assertThat(get(storage, "once")).isEqualTo(bytes(10));

    Upload dropped = storage.begin("never", PLAIN);
    dropped.close();
    dropped.close();
    assertThatThrownBy(dropped::commit).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> dropped.write(bytes(1), 0, 1))
        .isInstanceOf(IllegalStateException.class);
    assertAbsent("never");
  }

  @Test
  final void aRangeOutsideTheArrayIsRefused() {
    try (Upload upload = storage.begin("range", PLAIN)) {
      assertThatThrownBy(() -> upload.write(new byte[5], 3, 3))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> upload.write(new byte[5], -1, 2))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertAbsent("range");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/absolute",
        "..",
        "../outside",
        "dir/../../outside",
        "dir//double",
        "dir/",
        ".hidden",
        "dir/.hidden",
        "./here",
        "back\\slash",
        "C:drive",
        "new\nline",
        "nul\0",
        "blank blank",
        "ñandú"
      })
  final void badKeysAreRefusedByEveryMethod(String key) {
    assertBadKey(() -> storage.begin(key, PLAIN));
    assertBadKey(() -> storage.open(key));
    assertBadKey(() -> storage.find(key));
    assertBadKey(() -> storage.delete(key));
    assertThat(storage.list(key)).isEmpty();
  }

  @Test
  final void whatIsNotThereIsNotFound() {
    put(storage, "dir/there", bytes(1));
    for (String key : List.of("absent", "dir/absent", "absent/there", "dir", "dir/there/below")) {
      assertAbsent(key);
      assertThat(storage.delete(key)).isFalse();
    }
    assertThat(keys(storage, "")).containsExactly("dir/there");
  }

  /**
   * Where objects can be locked, this leaves one that nobody can delete for a minute; where they
   * cannot, the wish is ignored.
   */
  @Test
  final void aLockedObjectIsNotDeletedEarly() throws IOException {
    Instant until = Instant.now().plus(Duration.ofMinutes(1)).truncatedTo(ChronoUnit.SECONDS);
    try (Upload upload = storage.begin("dir/locked", PLAIN.retainedUntil(until))) {
      writeAll(upload, bytes(70_000), 20_000);
      upload.commit();
    }
    put(storage, "dir/free", bytes(10));
    if (storage.info().capabilities().contains(Capability.RETENTION_LOCK)) {
      assertThatExceptionOfType(StorageException.class)
          .isThrownBy(() -> storage.delete("dir/locked"))
          .extracting(StorageException::kind)
          .isEqualTo(ErrorKind.IMMUTABLE);
      assertRefused(() -> put(storage, "dir/locked", bytes(1)));
    }
    assertThat(get(sameStorage(), "dir/locked")).isEqualTo(bytes(70_000));
    assertThat(keys(storage, "")).contains("dir/locked");
    assertThat(storage.delete("dir/free")).isTrue();
    assertThat(keys(storage, "")).containsExactly("dir/locked");
  }

  private BackupStorage sameStorage() {
    try {
      return sameStorageAgain();
    } catch (Exception e) {
      throw new IllegalStateException("the same storage could not be made again", e);
    }
  }

  @Test
  final void failuresNameTheStorageAndTheKey() {
    put(storage, "dir/taken", bytes(1));
    assertThatThrownBy(() -> put(storage, "dir/taken", bytes(1)))
        .hasMessageStartingWith("unable to")
        .hasMessageContaining("'dir/taken'")
        .hasMessageContaining("'" + storage.info().name() + "'");
    assertThatThrownBy(() -> storage.open("dir/absent"))
        .hasMessageStartingWith("unable to")
        .hasMessageContaining("'dir/absent'")
        .hasMessageContaining("'" + storage.info().name() + "'");
  }

  final void assertAbsent(String key) {
    assertThat(storage.find(key)).as("find %s", key).isEmpty();
    assertThat(keys(storage, "")).doesNotContain(key);
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> storage.open(key))
        .extracting(StorageException::kind)
        .isEqualTo(ErrorKind.NOT_FOUND);
  }

  @Test
  final void anOffsetOutsideTheObjectIsRefused() {
    put(storage, "short", bytes(10));
    assertThatThrownBy(() -> storage.open("short", -1))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> storage.open("short", 11))
        .extracting(StorageException::kind)
        .isEqualTo(ErrorKind.DAMAGED);
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> storage.open("absent", 1))
        .extracting(StorageException::kind)
        .isEqualTo(ErrorKind.NOT_FOUND);
  }

  static void assertRefused(ThrowingCallable write) {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(write)
        .extracting(StorageException::kind)
        .isEqualTo(ErrorKind.ALREADY_EXISTS);
  }

  private static void assertBadKey(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
  }

  private Optional<Integer> tryToPut(String key, int number) {
    try {
      put(storage, key, bytes(10_000 + number));
      return Optional.of(number);
    } catch (StorageException e) {
      assertThat(e.kind()).isEqualTo(ErrorKind.ALREADY_EXISTS);
      return Optional.empty();
    }
  }
}
