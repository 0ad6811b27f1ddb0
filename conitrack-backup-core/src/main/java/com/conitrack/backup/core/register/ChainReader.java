package com.conitrack.backup.core.register;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Sha256;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.objects.Concurrently;
import com.conitrack.backup.core.objects.SmallObjects;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.StoredObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads one storage's register as it is now. Safe for use by many threads. */
final class ChainReader {
  /** Numbers a listing lacks that are asked for by name; a gap any longer is not for a race. */
  private static final int MOST_PROBES = 1_000;

  private final BackupStorage storage;

  ChainReader(BackupStorage storage) {
    this.storage = storage;
  }

  String storage() {
    return storage.info().name();
  }

  /**
   * Everything under the register's prefix. An entry that cannot be read or is none does not hide
   * the others.
   *
   * @throws StorageException if the storage could not be listed
   */
  ChainReading read() {
    TreeMap<Long, Link> links = new TreeMap<>();
    List<String> foreign = new ArrayList<>();
    List<Long> listed = new ArrayList<>();
    for (StoredObject object : storage.list(RegisterKeys.PREFIX)) {
      OptionalLong sequence = RegisterKeys.sequence(object.key());
      sequence.ifPresentOrElse(listed::add, () -> foreign.add(object.key()));
    }
    load(listed, links);
    load(unlisted(links), links);
    loadForward(links);
    return new ChainReading(this, links, foreign);
  }

  /**
   * Adds what has been appended after the last of {@code links}. Stops at the first that could not
   * be read: a storage that opens nothing would never say that there are no more.
   */
  void loadForward(TreeMap<Long, Link> links) {
    boolean more = true;
    for (long next = links.isEmpty() ? 1 : links.lastKey() + 1; more; next++) {
      Optional<Link> link = load(next);
      link.ifPresent(found -> links.put(found.sequence(), found));
      more = link.isPresent() && link.get().sha256() != null;
    }
  }

  private void load(Collection<Long> sequences, TreeMap<Long, Link> links) {
    Concurrently.map(List.copyOf(sequences), this::load)
        .forEach(found -> found.ifPresent(link -> links.put(link.sequence(), link)));
  }

  /**
   * Numbers missing between those found. A directory that is written to while it is listed may show
   * a newer entry and not an older one, so they are asked for by name.
   */
  private static List<Long> unlisted(TreeMap<Long, Link> links) {
    List<Long> missing = new ArrayList<>();
    long expected = 1;
    for (long sequence : links.keySet()) {
      for (; expected < sequence && missing.size() < MOST_PROBES; expected++) {
        missing.add(expected);
      }
      expected = sequence + 1;
    }
    return missing;
  }

  private Optional<Link> load(long sequence) {
    if (sequence > RegisterKeys.LAST) {
      return Optional.empty();
    }
    String key = RegisterKeys.of(sequence);
    try {
      return Optional.of(link(sequence, SmallObjects.get(storage, key)));
    } catch (StorageException e) {
      if (e.kind() == ErrorKind.NOT_FOUND) {
        return Optional.empty();
      }
      String why = "'" + key + "' could not be read: " + e.getMessage();
      return Optional.of(
          new Link(sequence, null, null, finding(key, RegisterFinding.Kind.UNREADABLE, why)));
    }
  }

  private Link link(long sequence, byte[] bytes) {
    try {
      return Link.sound(EntryJson.read(sequence, bytes));
    } catch (EntryJson.BadEntryException e) {
      String key = RegisterKeys.of(sequence);
      return new Link(
          sequence,
          Sha256.of(bytes),
          null,
          finding(key, e.kind(), "'" + key + "' " + e.getMessage()));
    }
  }

  private RegisterFinding finding(String key, RegisterFinding.Kind kind, String description) {
    return new RegisterFinding(storage(), key, kind, description);
  }
}
