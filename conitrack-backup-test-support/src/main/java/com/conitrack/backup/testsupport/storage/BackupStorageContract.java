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
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StorageInfo.Capability;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The promises of {@link BackupStorage}. A storage's test extends this class and supplies storages;
 * no check can be overridden, and storages differ only by what their {@link Capability
 * capabilities} say.
 */
public abstract class BackupStorageContract {
  private static final int LARGE = 12 * 1024 * 1024;

  private BackupStorage storage;

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

  // --- what must fail, and leave no trace ---

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
      assertThat(winners).as("winners of round %d", round).hasSize(1);
      assertThat(get(storage, key)).isEqualTo(bytes(10_000 + winners.get(0)));
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

  // --- what must work ---

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, LARGE, LARGE + 1})
  final void anObjectComesBackByteForByte(int length) throws IOException {
    byte[] content = bytes(length);
    StoredObject stored = put(storage, "object", content);
    assertThat(stored.key()).isEqualTo("object");
    assertThat(stored.bytes()).isEqualTo(length);
    assertThat(get(storage, "object")).isEqualTo(content);
    assertThat(storage.find("object"))
        .get()
        .extracting(StoredObject::bytes)
        .isEqualTo((long) length);
    assertThat(storage.list("")).isEqualTo(List.of(storage.find("object").orElseThrow()));
  }

  @Test
  final void theCallerMayReuseItsArray() throws IOException {
    byte[] content = bytes(7_000_000);
    byte[] array = new byte[70_000];
    try (Upload upload = storage.begin("reused", PLAIN)) {
      for (int offset = 0; offset < content.length; offset += array.length) {
        System.arraycopy(content, offset, array, 0, array.length);
        upload.write(array, 0, array.length);
        Arrays.fill(array, (byte) 0);
      }
      upload.commit();
    }
    assertThat(get(storage, "reused")).isEqualTo(content);
  }

  @Test
  final void piecesOfAnySizeAreTaken() throws IOException {
    byte[] content = bytes(1_000_000);
    try (Upload upload = storage.begin("pieces", PLAIN)) {
      int offset = 0;
      for (int piece = 0; offset < content.length; piece = piece * 2 + (piece < 2 ? 1 : -1)) {
        int length = Math.min(piece, content.length - offset);
        upload.write(content, offset, length);
        offset += length;
      }
      upload.commit();
    }
    assertThat(get(storage, "pieces")).isEqualTo(content);
  }

  @Test
  final void severalUploadsGoOnAtOnce() throws IOException {
    try (Upload first = storage.begin("both/first", PLAIN);
        Upload second = storage.begin("both/second", PLAIN)) {
      for (int i = 0; i < 10; i++) {
        first.write(bytes(1_000), 100 * i, 100);
        second.write(bytes(2_000), 200 * i, 200);
      }
      second.commit();
      assertThat(keys(storage, "")).containsExactly("both/second");
      first.commit();
    }
    assertThat(get(storage, "both/first")).isEqualTo(bytes(1_000));
    assertThat(get(storage, "both/second")).isEqualTo(bytes(2_000));
  }

  @Test
  final void oddButLegalKeysWork() throws IOException {
    String long200 = "n".repeat(200);
    List<String> keys =
        List.of(
            "0",
            "_",
            "-",
            "--help",
            "a..b",
            "UPPER.sql.gz",
            "x.conitrack-part",
            "x.conitrack-claim",
            "register/0000000001.json",
            "backup_2026-01-06_03-00-00.sql.gz",
            "d/e/e/p/e/r",
            long200,
            "m/" + long200 + "/" + long200 + "/" + "k".repeat(96));
    for (String key : keys) {
      put(storage, key, bytes(key.length()));
    }
    for (String key : keys) {
      assertThat(get(storage, key)).as(key).isEqualTo(bytes(key.length()));
    }
    assertThat(keys(storage, "")).containsExactlyElementsOf(keys.stream().sorted().toList());
  }

  @Test
  final void listingGoesByPrefixAndOrdersByKey() {
    List<String> all = List.of("a", "a-b", "ab/c", "ab/d/e", "ab/d-e", "ab0", "b/a", "c");
    all.forEach(key -> put(storage, key, bytes(key.length())));
    assertThat(keys(storage, "")).containsExactlyElementsOf(all.stream().sorted().toList());
    assertThat(keys(storage, "a")).containsExactly("a", "a-b", "ab/c", "ab/d-e", "ab/d/e", "ab0");
    assertThat(keys(storage, "ab/")).containsExactly("ab/c", "ab/d-e", "ab/d/e");
    assertThat(keys(storage, "ab/d")).containsExactly("ab/d-e", "ab/d/e");
    assertThat(keys(storage, "ab/d/e")).containsExactly("ab/d/e");
    assertThat(keys(storage, "ab/d/e/")).isEmpty();
    assertThat(keys(storage, "z")).isEmpty();
    assertThat(keys(storage, "../")).isEmpty();
  }

  @Test
  final void moreThanAThousandObjectsAreListed() throws Exception {
    List<String> keys = IntStream.range(0, 1_005).mapToObj("many/%05d"::formatted).toList();
    race(15, i -> () -> putEvery(15, i, keys));
    assertThat(keys(storage, "many/")).containsExactlyElementsOf(keys);
  }

  @Test
  final void deletingIsIdempotentAndFreesTheKey() throws IOException {
    put(storage, "dir/key", bytes(10));
    put(storage, "dir/other", bytes(1));
    assertThat(storage.delete("dir/key")).isTrue();
    assertAbsent("dir/key");
    assertThat(storage.delete("dir/key")).isFalse();
    put(storage, "dir/key", bytes(20));
    assertThat(get(storage, "dir/key")).isEqualTo(bytes(20));
    assertThat(keys(storage, "")).containsExactly("dir/key", "dir/other");
  }

  @Test
  final void streamsOfOneObjectAreIndependent() throws IOException {
    byte[] content = bytes(300_000);
    put(storage, "shared", content);
    try (InputStream first = storage.open("shared");
        InputStream second = storage.open("shared")) {
      assertThat(first.read()).isEqualTo(content[0] & 0xff);
      assertThat(second.readNBytes(200_000)).isEqualTo(Arrays.copyOf(content, 200_000));
      assertThat(first.readAllBytes()).isEqualTo(Arrays.copyOfRange(content, 1, content.length));
      assertThat(first.read()).isEqualTo(-1);
      assertThat(first.read(new byte[10])).isEqualTo(-1);
      assertThat(first.read(new byte[10], 5, 0)).isLessThanOrEqualTo(0);
    }
  }

  @Test
  final void readersAndListsSeeWholeObjectsWhileOthersWrite() throws Exception {
    AtomicBoolean writing = new AtomicBoolean(true);
    race(
        4,
        i ->
            () -> {
              if (i > 0) {
                return readWhile(writing);
              }
              try {
                for (int n = 0; n < 40; n++) {
                  put(storage, "stream/" + n, bytes(200_000 + n));
                }
              } finally {
                writing.set(false);
              }
              return 0;
            });
    assertThat(storage.list("stream/")).hasSize(40);
  }

  @Test
  final void sweepLeavesLiveUploadsAndObjectsAlone() throws IOException {
    put(storage, "dir/object", bytes(10));
    try (Upload upload = storage.begin("dir/live", PLAIN)) {
      writeAll(upload, bytes(6_000_000), 100_000);
      assertThat(storage.sweep(Instant.now().minus(Duration.ofDays(1)))).isEmpty();
      upload.commit();
    }
    assertThat(storage.sweep(Instant.now().minus(Duration.ofDays(1)))).isEmpty();
    assertThat(get(storage, "dir/live")).isEqualTo(bytes(6_000_000));
    assertThat(get(storage, "dir/object")).isEqualTo(bytes(10));
  }

  @Test
  final void anyAttributesAreAccepted() throws IOException {
    ObjectAttributes attributes =
        new ObjectAttributes("application/gzip", Map.of("sha-256", "abc", "backup-id", "x y"));
    try (Upload upload = storage.begin("described", attributes)) {
      writeAll(upload, bytes(10), 3);
      upload.commit();
    }
    assertThat(get(storage, "described")).isEqualTo(bytes(10));
  }

  @Test
  final void aDurableStorageKeepsItsObjects() throws Exception {
    put(storage, "dir/kept", bytes(1_000));
    BackupStorage again = sameStorageAgain();
    assertThat(again.info()).isEqualTo(storage.info());
    if (storage.info().capabilities().contains(Capability.DURABLE)) {
      assertThat(again).isNotSameAs(storage);
    }
    assertThat(get(again, "dir/kept")).isEqualTo(bytes(1_000));
    assertRefused(() -> put(again, "dir/kept", bytes(1)));
  }

  // --- tools ---

  private void assertAbsent(String key) {
    assertThat(storage.find(key)).as("find %s", key).isEmpty();
    assertThat(keys(storage, "")).doesNotContain(key);
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> storage.open(key))
        .extracting(StorageException::kind)
        .isEqualTo(ErrorKind.NOT_FOUND);
  }

  private static void assertRefused(ThrowingCallable write) {
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

  private int putEvery(int step, int first, List<String> keys) {
    for (int i = first; i < keys.size(); i += step) {
      put(storage, keys.get(i), bytes(i % 10));
    }
    return first;
  }

  private int readWhile(AtomicBoolean writing) throws IOException {
    int read = 0;
    while (writing.get()) {
      List<StoredObject> objects = new ArrayList<>(storage.list("stream/"));
      for (StoredObject object : objects) {
        assertThat(get(storage, object.key())).isEqualTo(bytes((int) object.bytes()));
        read++;
      }
    }
    return read;
  }
}
