package com.conitrack.backup.storage.gcs;

import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.ObjectKeys;
import com.conitrack.backup.core.port.StorageInfo;
import com.conitrack.backup.core.port.StorageInfo.Capability;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobField;
import com.google.cloud.storage.Storage.BlobGetOption;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobSourceOption;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Storage in a bucket of Google Cloud Storage, through its JSON API.
 *
 * <p><b>Writing.</b> Objects up to 1 MiB are sent in one request; larger ones through a resumable
 * upload session in parts ({@link GcsStorageBuilder#partBytes}), one after the other, each resumed
 * from where the server has it if the connection breaks. An upload holds at most one part and 2 MiB
 * in memory, whatever the object's size. Both ways ask the server to create and never to replace
 * ({@code ifGenerationMatch=0}), and send a CRC32C that the server checks before the object becomes
 * visible; what it then says of the object is checked once more. A session that was not committed
 * is dropped by the server after a week and is neither visible nor billed. Sessions cannot be
 * listed, so {@link #sweep} has nothing to do.
 *
 * <p><b>Reading.</b> A stream reads the one generation that was there when it was opened, as
 * stored, and asks for the rest where a connection breaks.
 *
 * <p><b>Deleting</b> removes the generation found, for good, also where the bucket keeps versions.
 * A bucket with soft delete (new ones have it, for seven days) lets an administrator restore what
 * was deleted in that time, and bills it; this storage does not see it. A retention policy of the
 * bucket, an object's retention and holds make {@link #delete} fail with {@link
 * com.conitrack.backup.core.model.ErrorKind#IMMUTABLE}.
 *
 * <p><b>Permissions</b>: {@code storage.objects.create}, {@code get}, {@code list} and {@code
 * delete}, as {@code roles/storage.objectUser} holds them; with {@link GcsStorageBuilder#retention}
 * also {@code storage.objects.setRetention}, as {@code roles/storage.objectAdmin} does. Without
 * {@code storage.objects.delete} everything but deleting works.
 *
 * <p>Safe for use by many threads. Nothing needs closing.
 *
 * @see <a href="https://cloud.google.com/storage/docs/resumable-uploads">Resumable uploads</a>
 */
public final class GcsStorage implements BackupStorage {
  private static final int PAGE = 1000;
  private static final int READ_BUFFER_BYTES = 256 * 1024;

  /** How an object's retention is set where it is asked for. */
  public enum RetentionMode {
    /** Whoever may override it can shorten or remove it. */
    UNLOCKED(BlobInfo.Retention.Mode.UNLOCKED),
    /** It can be lengthened only, by anyone, until it ends. */
    LOCKED(BlobInfo.Retention.Mode.LOCKED);

    private final BlobInfo.Retention.Mode mode;

    RetentionMode(BlobInfo.Retention.Mode mode) {
      this.mode = mode;
    }
  }

  private final StorageInfo info;
  private final Place place;
  private final LazyClient client;
  private final int partBytes;
  private final @Nullable RetentionMode retention;
  private final Failures failures;

  GcsStorage(
      String name,
      Place place,
      LazyClient client,
      int partBytes,
      @Nullable RetentionMode retention) {
    this.info = new StorageInfo(name, place.toString(), capabilities(retention));
    this.place = place;
    this.client = client;
    this.partBytes = partBytes;
    this.retention = retention;
    this.failures = new Failures(name, place);
  }

  private static Set<Capability> capabilities(@Nullable RetentionMode retention) {
    Set<Capability> all =
        EnumSet.of(Capability.DURABLE, Capability.ATTRIBUTES, Capability.ATOMIC_CREATE);
    if (retention != null) {
      all.add(Capability.RETENTION_LOCK);
    }
    return all;
  }

  /**
   * Storage in a bucket, to be told more of. The bucket must exist by the time it is used.
   *
   * @param name the storage's name, see {@link StorageInfo#name()}
   * @param bucket the bucket's name
   * @throws IllegalArgumentException if either is no such name
   */
  public static GcsStorageBuilder in(String name, String bucket) {
    return new GcsStorageBuilder(name, bucket);
  }

  @Override
  public StorageInfo info() {
    return info;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Here: that the key is taken is noticed when the first megabyte has been written or at the
   * commit, whichever comes first.
   */
  @Override
  public Upload begin(String key, ObjectAttributes attributes) {
    BlobInfo target = describe(place.blob(key), attributes);
    Storage storage = client(failures.unableTo("put", key));
    return new GcsUpload(key, storage, target, partBytes, failures);
  }

  @Override
  public InputStream open(String key, long offset) {
    ObjectKeys.requireOffset(offset);
    BlobId blob = place.blob(key);
    String what = failures.unableTo("open", key);
    Storage storage = client(what);
    try {
      BlobInfo found = get(storage, blob, what);
      if (found == null) {
        throw failures.noSuchObject(what);
      }
      if (offset > found.getSize()) {
        throw ObjectKeys.tooShort(what, found.getSize(), offset);
      }
      return read(found, offset, what);
    } catch (com.google.cloud.storage.StorageException e) {
      throw failures.of(what, e);
    }
  }

  @Override
  public Optional<StoredObject> find(String key) {
    BlobId blob = place.blob(key);
    String what = failures.unableTo("find", key);
    Storage storage = client(what);
    try {
      return Optional.ofNullable(get(storage, blob, what)).map(found -> describe(key, found));
    } catch (com.google.cloud.storage.StorageException e) {
      throw failures.of(what, e);
    }
  }

  @Override
  public List<StoredObject> list(String prefix) {
    if (!Place.canStartKey(prefix)) {
      return List.of();
    }
    String what = failures.unableTo("list");
    Storage storage = client(what);
    try {
      List<StoredObject> objects = new ArrayList<>();
      for (Blob found : listed(storage, place.prefix() + prefix)) {
        String key = place.key(found.getName());
        if (ObjectKeys.isKey(key)) {
          objects.add(describe(key, found));
        }
      }
      objects.sort(Comparator.comparing(StoredObject::key));
      return List.copyOf(objects);
    } catch (com.google.cloud.storage.StorageException e) {
      throw failures.of(what, e);
    }
  }

  @Override
  public boolean delete(String key) {
    BlobId blob = place.blob(key);
    String what = failures.unableTo("delete", key);
    Storage storage = client(what);
    try {
      BlobInfo found = get(storage, blob, what);
      if (found == null) {
        return false;
      }
      // False if it was gone already: by another, or by a request of ours whose answer was lost.
      storage.delete(found.getBlobId());
      return true;
    } catch (com.google.cloud.storage.StorageException e) {
      throw failures.of(what, e);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Here nothing, ever: the server drops upload sessions by itself after a week, and has no list
   * of them.
   */
  @Override
  public List<String> sweep(Instant olderThan) {
    return List.of();
  }

  /** Removes nothing: an upload that never ended leaves nothing that could be found. */
  @Override
  public List<String> sweepOwned(String owner) {
    return List.of();
  }

  /** Its name and place. */
  @Override
  public String toString() {
    return "GcsStorage[" + info.name() + " in " + place + "]";
  }

  static StoredObject describe(String key, BlobInfo found) {
    return new StoredObject(key, found.getSize(), found.getCreateTimeOffsetDateTime().toInstant());
  }

  private BlobInfo describe(BlobId blob, ObjectAttributes attributes) {
    Map<String, String> metadata = new HashMap<>(attributes.metadata());
    metadata.put(Commitment.MARK, UUID.randomUUID().toString());
    BlobInfo.Builder builder =
        BlobInfo.newBuilder(blob).setContentType(attributes.contentType()).setMetadata(metadata);
    Instant until = attributes.retainUntil();
    if (retention != null && until != null) {
      builder.setRetention(
          BlobInfo.Retention.newBuilder()
              .setMode(retention.mode)
              .setRetainUntilTime(until.atOffset(ZoneOffset.UTC))
              .build());
    }
    return builder.build();
  }

  private Storage client(String what) {
    try {
      return client.get();
    } catch (IOException e) {
      throw failures.of(what, e);
    }
  }

  private Storage reading(ReadRetries retries, String what) {
    try {
      return client.with(retries);
    } catch (IOException e) {
      throw failures.of(what, e);
    }
  }

  /** Null if there is no such object in the bucket; fails if there is no such bucket. */
  private @Nullable BlobInfo get(Storage storage, BlobId blob, String what) {
    BlobInfo found =
        storage.get(
            blob,
            BlobGetOption.fields(
                BlobField.NAME, BlobField.SIZE, BlobField.GENERATION, BlobField.TIME_CREATED));
    if (found == null) {
      requireBucket(storage, what);
    }
    return found;
  }

  /**
   * The client takes every 404 for an absent object. Listing tells a bucket that is not there, and
   * needs no permission beyond those for objects.
   */
  private void requireBucket(Storage storage, String what) {
    try {
      storage.list(
          place.bucket(), BlobListOption.pageSize(1), BlobListOption.fields(BlobField.NAME));
    } catch (com.google.cloud.storage.StorageException e) {
      throw failures.of(what, e);
    }
  }

  private Iterable<Blob> listed(Storage storage, String prefix) {
    return storage
        .list(
            place.bucket(),
            BlobListOption.prefix(prefix),
            BlobListOption.pageSize(PAGE),
            BlobListOption.fields(BlobField.NAME, BlobField.SIZE, BlobField.TIME_CREATED))
        .iterateAll();
  }

  private InputStream read(BlobInfo found, long offset, String what) {
    if (offset == found.getSize()) {
      return InputStream.nullInputStream();
    }
    ReadRetries retries = new ReadRetries();
    ReadChannel channel =
        reading(retries, what)
            .reader(found.getBlobId(), BlobSourceOption.shouldReturnRawInputStream(true));
    channel.setChunkSize(READ_BUFFER_BYTES);
    seek(channel, offset);
    return new ObjectStream(channel, found.getSize() - offset, retries, failures, what);
  }

  private static void seek(ReadChannel channel, long offset) {
    try {
      channel.seek(offset);
    } catch (IOException e) {
      throw new IllegalStateException("no byte was read yet", e);
    }
  }
}
