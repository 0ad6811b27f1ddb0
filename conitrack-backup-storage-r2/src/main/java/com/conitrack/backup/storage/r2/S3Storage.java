package com.conitrack.backup.storage.r2;

import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.ObjectKeys;
import com.conitrack.backup.core.port.StorageInfo;
import com.conitrack.backup.core.port.StorageInfo.Capability;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * Storage in a bucket of Amazon S3 or of a store that speaks its protocol; for Cloudflare R2 see
 * {@link R2Storage}. A key is the name of an object below the prefix. Safe for use by many threads,
 * processes and hosts at once.
 *
 * <p>An object of at most one part ({@link S3StorageBuilder#partBytes}) is put in one request when
 * it is committed. A larger one is a multipart upload of equal parts, as R2 demands, of which
 * several are sent at once; it becomes visible when the upload is completed. Both requests carry
 * {@code If-None-Match: *}, so that a key that is taken is never overwritten. Where the answer to
 * such a request is lost, the object is looked at: one that carries this upload's own mark was made
 * by it.
 *
 * <p>An upload that is closed without commit is aborted. What a crash leaves is found by {@link
 * #sweep}, through a small object below {@code .conitrack-uploads/} that announces each multipart
 * upload while it goes on; uploads of other programs in the bucket are never touched.
 *
 * <p>Memory: an open upload holds at most (parts in flight + 1) parts, 24 MiB unless configured
 * otherwise, and never more than was written to it; a read holds a few kilobytes.
 *
 * <p>In a bucket with versions, {@link #delete} deletes the versions themselves, so that an object
 * under object lock is not merely hidden, and the store's refusal is seen.
 */
public final class S3Storage implements BackupStorage, AutoCloseable {
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final StorageInfo info;
  private final Names names;
  private final @Nullable S3Client ownClient;
  private final Bucket bucket;
  private final Deletion deletion;
  private final Announcements announcements;
  private final Failures failures;
  private final S3Upload.Plan plan;
  private final @Nullable ObjectLockMode lockMode;

  S3Storage(S3StorageBuilder settings) {
    String bucketName = settings.bucket;
    if (bucketName == null) {
      throw new IllegalArgumentException(
          "the bucket of storage '" + settings.name + "' is missing");
    }
    String place = settings.endpoint == null ? "Amazon S3" : settings.endpoint.toString();
    this.info =
        new StorageInfo(
            settings.name,
            "s3://" + bucketName + "/" + settings.prefix + " at " + place,
            capabilities(settings));
    this.names = new Names(settings.prefix);
    this.failures = new Failures(settings.name, bucketName, place, settings.clock);
    S3Client given = settings.client;
    S3Client client = given == null ? makeClient(settings) : given;
    this.ownClient = given == null ? client : null;
    this.bucket = new Bucket(client, bucketName, settings.attemptTimeout, settings.callTimeout);
    this.deletion = new Deletion(bucket, settings.clock);
    this.announcements = new Announcements(bucket, names, deletion);
    this.lockMode = settings.objectLock;
    this.plan =
        new S3Upload.Plan(
            bucket,
            names,
            announcements,
            failures,
            settings.clock,
            settings.partBytes,
            settings.partsInFlight,
            settings.mostParts,
            settings.conditionalWrites);
  }

  /**
   * Starts to describe a storage.
   *
   * @param name the storage's name, see {@link StorageInfo#name()}
   */
  public static S3StorageBuilder named(String name) {
    return new S3StorageBuilder(name);
  }

  @Override
  public StorageInfo info() {
    return info;
  }

  @Override
  public Upload begin(String key, ObjectAttributes attributes) {
    String name = names.of(key);
    String what = failures.unableTo("put", key);
    if (failures.call(what, Action.LOOK, () -> bucket.head(name)).isPresent()) {
      throw failures.keyTaken(what, null);
    }
    return new S3Upload(key, Description.of(attributes, lockMode), plan);
  }

  @Override
  public InputStream open(String key, long offset) {
    ObjectKeys.requireOffset(offset);
    String name = names.of(key);
    String what = failures.unableTo("open", key);
    try {
      return stream(bucket.get(name, offset), what, offset);
    } catch (AwsServiceException e) {
      if (e.statusCode() == RANGE_NOT_SATISFIABLE) {
        return atEnd(name, what, offset);
      }
      throw failures.translate(what, Action.READ, e);
    } catch (SdkException e) {
      throw failures.translate(what, Action.READ, e);
    }
  }

  @Override
  public Optional<StoredObject> find(String key) {
    String name = names.of(key);
    return failures
        .call(failures.unableTo("find", key), Action.LOOK, () -> bucket.head(name))
        .map(found -> stored(key, found.contentLength(), found.lastModified()));
  }

  @Override
  public List<StoredObject> list(String prefix) {
    return names
        .startingWith(prefix)
        .map(start -> failures.call(failures.unableTo("list"), Action.LIST, () -> listed(start)))
        .orElse(List.of());
  }

  @Override
  public boolean delete(String key) {
    String name = names.of(key);
    String what = failures.unableTo("delete", key);
    try {
      return deletion.delete(name);
    } catch (SdkException e) {
      throw deletion
          .protection(name, e)
          .map(protection -> failures.kept(what, protection, e))
          .orElseGet(() -> failures.translate(what, Action.DELETE, e));
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Here: multipart uploads that this library announced, begun before {@code olderThan} and with
   * no part stored since. Times are the store's.
   */
  @Override
  public List<String> sweep(Instant olderThan) {
    return failures.call(
        failures.unableTo("sweep"), Action.SWEEP, () -> announcements.sweep(olderThan));
  }

  @Override
  public List<String> sweepOwned(String owner) {
    return failures.call(
        failures.unableTo("sweep"), Action.SWEEP, () -> announcements.sweepOwned(owner));
  }

  /** Closes connections, unless the client was given: then its owner does. */
  @Override
  public void close() {
    if (ownClient != null) {
      ownClient.close();
    }
  }

  /** Its name, bucket and endpoint. */
  @Override
  public String toString() {
    return "S3Storage[" + info.name() + " at " + info.location() + "]";
  }

  private static Set<Capability> capabilities(S3StorageBuilder settings) {
    Set<Capability> all = EnumSet.of(Capability.DURABLE, Capability.ATTRIBUTES);
    if (settings.conditionalWrites) {
      all.add(Capability.ATOMIC_CREATE);
    }
    if (settings.objectLock != null) {
      all.add(Capability.RETENTION_LOCK);
    }
    return all;
  }

  private S3Client makeClient(S3StorageBuilder settings) {
    return failures.call(failures.unableTo("set up"), Action.LOOK, () -> Clients.make(settings));
  }

  private InputStream stream(
      ResponseInputStream<GetObjectResponse> body, String what, long offset) {
    String range = body.response().contentRange();
    if (offset > 0 && (range == null || !range.startsWith("bytes " + offset + "-"))) {
      body.abort();
      throw failures.rangeIgnored(what, offset);
    }
    return new S3ObjectStream(body, what);
  }

  /** A store refuses a range that starts at an object's end or after it. */
  private InputStream atEnd(String name, String what, long offset) {
    HeadObjectResponse found =
        failures
            .call(what, Action.LOOK, () -> bucket.head(name))
            .orElseThrow(() -> failures.noSuchObject(what));
    if (found.contentLength() < offset) {
      throw ObjectKeys.tooShort(what, found.contentLength(), offset);
    }
    return InputStream.nullInputStream();
  }

  private List<StoredObject> listed(String start) {
    return bucket.list(start).stream()
        .flatMap(
            found ->
                names
                    .key(found.key())
                    .map(key -> stored(key, found.size(), found.lastModified()))
                    .stream())
        .sorted(Comparator.comparing(StoredObject::key))
        .toList();
  }

  /** HEAD tells the time to the second, a list sometimes finer. */
  private static StoredObject stored(String key, long bytes, Instant modified) {
    return new StoredObject(key, bytes, modified.truncatedTo(ChronoUnit.SECONDS));
  }
}
