package com.conitrack.backup.core.check;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a few small objects can show. */
final class SmallObjectTrials {
  private SmallObjectTrials() {}

  /** Those that take a moment only and leave nothing. */
  static List<Trial> quick() {
    return List.of(
        new Trial(StorageProperty.READ_AFTER_WRITE, SmallObjectTrials::readAfterWrite),
        new Trial(StorageProperty.LIST_AFTER_WRITE, SmallObjectTrials::listAfterWrite),
        new Trial(StorageProperty.CREATE_ONLY, SmallObjectTrials::createOnly),
        new Trial(StorageProperty.DELETE, SmallObjectTrials::delete));
  }

  private static Verdict readAfterWrite(Bench bench) {
    String key = bench.key("read");
    byte[] bytes = Bench.bytesFor(key);
    long committed = bench.put(key, bytes).bytes();
    Optional<StoredObject> found = bench.storage().find(key);
    if (found.isEmpty()) {
      return Verdict.failed("it does not find what was just written");
    }
    if (committed != bytes.length || found.get().bytes() != bytes.length) {
      return Verdict.failed(
          "it was given %d bytes and tells of %d and %d"
              .formatted(bytes.length, committed, found.get().bytes()));
    }
    return Arrays.equals(bench.get(key), bytes)
        ? Verdict.proved("an object is found and read at once, byte for byte")
        : Verdict.failed("it does not give back what it was given");
  }

  private static Verdict listAfterWrite(Bench bench) {
    String key = bench.key("list");
    byte[] bytes = Bench.bytesFor(key);
    bench.put(key, bytes);
    Optional<StoredObject> listed = bench.listed(key);
    if (listed.isEmpty()) {
      return Verdict.failed("it does not list what was just written");
    }
    return listed.get().bytes() == bytes.length
        ? Verdict.proved("an object is listed at once, under its size")
        : Verdict.failed("it lists %d bytes of %d".formatted(listed.get().bytes(), bytes.length));
  }

  private static Verdict createOnly(Bench bench) {
    String key = bench.key("create");
    byte[] bytes = Bench.bytesFor(key);
    bench.put(key, bytes);
    try {
      bench.put(key, Bench.bytesFor("another object at " + key));
    } catch (StorageException e) {
      if (e.kind() != ErrorKind.ALREADY_EXISTS) {
        throw e;
      }
      return Arrays.equals(bench.get(key), bytes)
          ? Verdict.proved("a key that is taken is refused, and what is there stays")
          : Verdict.failed("it refused to overwrite an object and altered it all the same");
    }
    return Verdict.failed("it overwrites objects that exist");
  }

  private static Verdict delete(Bench bench) {
    String key = bench.key("delete");
    byte[] bytes = Bench.bytesFor(key);
    bench.put(key, bytes);
    try {
      if (!bench.storage().delete(key)) {
        return Verdict.failed("it says that what it was to delete was not there");
      }
    } catch (StorageException e) {
      return refused(bench, key, bytes, e);
    }
    if (bench.isVisible(key)) {
      return Verdict.failed("it still shows what was deleted");
    }
    return bench.storage().delete(key)
        ? Verdict.failed("it says to have deleted an object twice")
        : Verdict.proved("an object deleted is gone at once; deleting it again does no harm");
  }

  private static Verdict refused(Bench bench, String key, byte[] bytes, StorageException refusal) {
    boolean meant = refusal.kind() == ErrorKind.IMMUTABLE || refusal.kind() == ErrorKind.PERMISSION;
    if (!meant) {
      throw refusal;
    }
    if (!Arrays.equals(bench.get(key), bytes)) {
      return Verdict.failed("it refused to delete an object and altered it all the same");
    }
    return refusal.kind() == ErrorKind.IMMUTABLE
        ? Verdict.absent("deletion is refused for a time: " + refusal.why(), null)
        : Verdict.absent(
            "deletion is not permitted: " + refusal.why(),
            "retention cannot delete here; permit it, or have the bucket expire its objects");
  }

  static Verdict invisible(Bench bench) {
    String key = bench.key("invisible");
    byte[] bytes = Bench.bytesFor(key);
    try (Upload upload = bench.storage().begin(key, ObjectAttributes.JSON)) {
      upload.write(bytes, 0, bytes.length);
      if (bench.isVisible(key)) {
        return Verdict.failed("it shows an object that is still being written");
      }
      upload.commit();
    }
    return bench.isVisible(key)
        ? Verdict.proved("nothing is seen of an object before it is whole")
        : Verdict.failed("it does not show an object that was written");
  }

  static Verdict attributes(Bench bench) {
    String key = bench.key("attributes");
    byte[] bytes = Bench.bytesFor(key);
    bench.put(
        key, bytes, new ObjectAttributes("application/octet-stream", Map.of("conitrack", "check")));
    return Arrays.equals(bench.get(key), bytes)
        ? Verdict.proved("an object with media type and metadata is accepted")
        : Verdict.failed("an object with metadata does not come back as it was given");
  }
}
