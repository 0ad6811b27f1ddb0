package com.conitrack.backup.testsupport.storage;

import static com.conitrack.backup.testsupport.storage.StorageTools.PLAIN;
import static com.conitrack.backup.testsupport.storage.StorageTools.bytes;
import static com.conitrack.backup.testsupport.storage.StorageTools.get;
import static com.conitrack.backup.testsupport.storage.StorageTools.keys;
import static com.conitrack.backup.testsupport.storage.StorageTools.put;
import static com.conitrack.backup.testsupport.storage.StorageTools.race;
import static com.conitrack.backup.testsupport.storage.StorageTools.writeAll;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The promises of {@link BackupStorage}. A storage's test extends this class and supplies storages;
 * no check can be overridden, and storages differ only by what their {@link Capability
 * capabilities} say.
 */
public abstract class BackupStorageContract extends StorageRefusalContract {
  private static final int LARGE = 12 * 1024 * 1024;

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
  final void anObjectCanBeReadFromAnyByteOn() throws IOException {
    byte[] content = bytes(300_000);
    put(storage, "ranged", content);
    for (int offset : new int[] {0, 1, 65_536, 299_999, 300_000}) {
      try (InputStream rest = storage.open("ranged", offset)) {
        assertThat(rest.readAllBytes())
            .as("from byte %d", offset)
            .isEqualTo(Arrays.copyOfRange(content, offset, content.length));
        assertThat(rest.read()).isEqualTo(-1);
      }
    }
    put(storage, "empty", bytes(0));
    try (InputStream nothing = storage.open("empty", 0)) {
      assertThat(nothing.read()).isEqualTo(-1);
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
