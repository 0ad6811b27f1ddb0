package com.conitrack.backup.core.memory;

import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.StorageException;
import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.ObjectKeys;
import com.conitrack.backup.core.port.StorageInfo;
import com.conitrack.backup.core.port.StorageInfo.Capability;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A storage in memory, as strict as the real ones, for tests: an object is invisible until
 * committed, no key is written twice, and what callers forget to close can be asked for. Safe for
 * use by many threads. Objects last as long as the instance.
 */
public final class InMemoryStorage implements BackupStorage {
  private final StorageInfo info;
  private final Clock clock;
  private final Duration bucketLock;
  private final ConcurrentSkipListMap<String, Entry> objects = new ConcurrentSkipListMap<>();
  private final Map<AutoCloseable, String> handles = new ConcurrentHashMap<>();

  private record Entry(byte[] bytes, ObjectAttributes attributes, Instant modified) {}

  /**
   * An empty storage whose objects are dated by the system's clock.
   *
   * @param name see {@link StorageInfo#name()}
   */
  public InMemoryStorage(String name) {
    this(name, Clock.systemUTC());
  }

  /**
   * An empty storage.
   *
   * @param name see {@link StorageInfo#name()}
   * @param clock dates the objects
   */
  public InMemoryStorage(String name, Clock clock) {
    this(name, clock, Set.of(Capability.ATTRIBUTES, Capability.ATOMIC_CREATE), Duration.ZERO);
  }

  private InMemoryStorage(
      String name, Clock clock, Set<Capability> capabilities, Duration bucketLock) {
    this.info = new StorageInfo(name, "memory", capabilities);
    this.clock = clock;
    this.bucketLock = bucketLock;
  }

  /**
   * An empty storage that honours {@link ObjectAttributes#retainUntil()}, as S3 with Object Lock
   * does.
   *
   * @param name see {@link StorageInfo#name()}
   * @param clock dates the objects and decides when a lock ends
   */
  public static InMemoryStorage withObjectLock(String name, Clock clock) {
    return new InMemoryStorage(
        name,
        clock,
        Set.of(Capability.ATTRIBUTES, Capability.ATOMIC_CREATE, Capability.RETENTION_LOCK),
        Duration.ZERO);
  }

  /**
   * An empty storage that lets no object be deleted for a time after it was written, whatever is
   * said of it, as a locked R2 bucket does.
   *
   * @param name see {@link StorageInfo#name()}
   * @param clock dates the objects and decides when a lock ends
   * @param period how long every object is locked
   */
  public static InMemoryStorage withBucketLock(String name, Clock clock, Duration period) {
    return new InMemoryStorage(
        name, clock, Set.of(Capability.ATTRIBUTES, Capability.ATOMIC_CREATE), period);
  }

  @Override
  public StorageInfo info() {
    return info;
  }

  @Override
  public Upload begin(String key, ObjectAttributes attributes) {
    ObjectKeys.require(key);
    requireFree(key);
    MemoryUpload upload = new MemoryUpload(key, attributes);
    handles.put(upload, "upload of '" + key + "'");
    return upload;
  }

  @Override
  public InputStream open(String key, long offset) {
    ObjectKeys.requireOffset(offset);
    Entry entry = objects.get(ObjectKeys.require(key));
    if (entry == null) {
      throw new StorageException(
          ErrorKind.NOT_FOUND,
          unableTo("open", key),
          "there is no such object",
          "list the storage to see what is there");
    }
    if (offset > entry.bytes.length) {
      throw ObjectKeys.tooShort(unableTo("open", key), entry.bytes.length, offset);
    }
    MemoryStream stream = new MemoryStream(key, entry.bytes, (int) offset);
    handles.put(stream, "stream of '" + key + "'");
    return stream;
  }

  @Override
  public Optional<StoredObject> find(String key) {
    return Optional.ofNullable(objects.get(ObjectKeys.require(key)))
        .map(entry -> describe(key, entry));
  }

  @Override
  public List<StoredObject> list(String prefix) {
    return objects.tailMap(prefix, true).entrySet().stream()
        .takeWhile(object -> object.getKey().startsWith(prefix))
        .map(object -> describe(object.getKey(), object.getValue()))
        .toList();
  }

  @Override
  public boolean delete(String key) {
    Entry entry = objects.get(ObjectKeys.require(key));
    if (entry == null) {
      return false;
    }
    requireUnlocked(key, entry);
    return objects.remove(key, entry);
  }

  private void requireUnlocked(String key, Entry entry) {
    Instant until = entry.modified.plus(bucketLock);
    Instant own = entry.attributes.retainUntil();
    if (own != null && info.capabilities().contains(Capability.RETENTION_LOCK)) {
      until = own.isAfter(until) ? own : until;
    }
    if (until.isAfter(clock.instant())) {
      throw new StorageException(
          ErrorKind.IMMUTABLE,
          unableTo("delete", key),
          "it is locked until " + until,
          "wait until then: a lock cannot be lifted early");
    }
  }

  /** Removes nothing: uploads here do not outlive their process. */
  @Override
  public List<String> sweep(Instant olderThan) {
    return List.of();
  }

  /** Removes nothing: uploads here do not outlive their process. */
  @Override
  public List<String> sweepOwned(String owner) {
    return List.of();
  }

  /**
   * Uploads and streams that were not closed yet, one description each. A test that expects none
   * finds leaks.
   */
  public List<String> openHandles() {
    return handles.values().stream().sorted().toList();
  }

  /** What was said of an object when it was written; empty if there is no such object. */
  public Optional<ObjectAttributes> attributes(String key) {
    return Optional.ofNullable(objects.get(ObjectKeys.require(key))).map(Entry::attributes);
  }

  /** Its name and how many objects it holds. */
  @Override
  public String toString() {
    return "InMemoryStorage[" + info.name() + ", " + objects.size() + " objects]";
  }

  private void requireFree(String key) {
    if (objects.containsKey(key)) {
      throw keyTaken(key);
    }
  }

  private StorageException keyTaken(String key) {
    return new StorageException(
        ErrorKind.ALREADY_EXISTS,
        unableTo("put", key),
        "the key exists; what is there was not touched",
        "choose another key");
  }

  private String unableTo(String verb, String key) {
    return "unable to " + verb + " '" + key + "' in storage '" + info.name() + "'";
  }

  private static StoredObject describe(String key, Entry entry) {
    return new StoredObject(key, entry.bytes.length, entry.modified);
  }

  private final class MemoryUpload implements Upload {
    private final String key;
    private final ObjectAttributes attributes;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private boolean open = true;

    MemoryUpload(String key, ObjectAttributes attributes) {
      this.key = key;
      this.attributes = attributes;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      requireOpen();
      written.write(bytes, offset, length);
    }

    @Override
    public StoredObject commit() {
      requireOpen();
      open = false;
      Entry entry = new Entry(written.toByteArray(), attributes, clock.instant());
      if (objects.putIfAbsent(key, entry) != null) {
        throw keyTaken(key);
      }
      return describe(key, entry);
    }

    @Override
    public void close() {
      open = false;
      handles.remove(this);
    }

    private void requireOpen() {
      if (!open) {
        throw new IllegalStateException("the upload of '" + key + "' was committed or closed");
      }
    }
  }

  private final class MemoryStream extends FilterInputStream {
    private final String key;
    private volatile boolean closed;

    MemoryStream(String key, byte[] bytes, int offset) {
      super(new ByteArrayInputStream(bytes, offset, bytes.length - offset));
      this.key = key;
    }

    @Override
    public int read() throws IOException {
      requireOpen();
      return super.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      requireOpen();
      return super.read(target, offset, length);
    }

    @Override
    public void close() {
      closed = true;
      handles.remove(this);
    }

    private void requireOpen() throws IOException {
      if (closed) {
        throw new IOException("the stream of '" + key + "' is closed");
      }
    }
  }
}
