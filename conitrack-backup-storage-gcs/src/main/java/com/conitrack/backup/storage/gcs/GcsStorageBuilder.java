package com.conitrack.backup.storage.gcs;

import com.conitrack.backup.core.port.StorageInfo;
import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.Credentials;
import com.google.cloud.storage.HttpStorageOptions;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says how a {@link GcsStorage} reaches its bucket. Used by one thread. */
public final class GcsStorageBuilder {
  private static final int PART_UNIT = 256 * 1024;
  private static final int LARGEST_PART = 256 * 1024 * 1024;

  private final String name;
  private final String bucket;
  private String prefix = "";
  private CredentialsSource credentials = CredentialsSource.applicationDefault();
  private boolean anonymous;
  private @Nullable String project;
  private @Nullable URI endpoint;
  private @Nullable Storage client;
  private GcsStorage.@Nullable RetentionMode retention;
  private int partBytes = 8 * 1024 * 1024;
  private Duration answerTimeout = Duration.ofSeconds(20);
  private Duration retryTimeout = Duration.ofSeconds(60);

  GcsStorageBuilder(String name, String bucket) {
    this.name = new StorageInfo(name, "", Set.of()).name();
    this.bucket = Place.of(bucket, "").bucket();
  }

  /**
   * What objects' names begin with in the bucket; {@code prod} and {@code prod/} are the same.
   * Unless set, keys are names.
   *
   * @throws IllegalArgumentException if it does not have the form of a storage key
   */
  public GcsStorageBuilder prefix(String text) {
    this.prefix = Place.of(bucket, text).prefix();
    return this;
  }

  /**
   * A service account's key file, or any other credentials file that gcloud writes. Read at the
   * first use. Unless set here or by another method, the <a
   * href="https://cloud.google.com/docs/authentication/application-default-credentials">application
   * default credentials</a> are used: the file that {@code GOOGLE_APPLICATION_CREDENTIALS} names,
   * gcloud's login, or the service account of a machine of Google's.
   */
  public GcsStorageBuilder credentialsFile(Path file) {
    return credentials(CredentialsSource.file(file), false);
  }

  /** Credentials made elsewhere, asked for at the first use. */
  public GcsStorageBuilder credentials(Supplier<? extends Credentials> supplier) {
    return credentials(supplier::get, false);
  }

  /** Sends no credentials, as for an emulator. */
  public GcsStorageBuilder withoutCredentials() {
    return credentials(CredentialsSource.none(), true);
  }

  private GcsStorageBuilder credentials(CredentialsSource source, boolean none) {
    this.credentials = source;
    this.anonymous = none;
    return this;
  }

  /** The project charged for requests, as buckets where the requester pays want. */
  public GcsStorageBuilder project(String id) {
    this.project = id;
    return this;
  }

  /**
   * Where the API is, if not at Google: an emulator's or a private endpoint's {@code
   * https://host:port}. Plain {@code http} is taken for this computer itself, or without
   * credentials.
   *
   * @throws IllegalArgumentException if it is more than scheme, host and port
   */
  public GcsStorageBuilder endpoint(URI uri) {
    boolean known = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
    boolean bare =
        uri.getHost() != null
            && uri.getRawUserInfo() == null
            && uri.getRawQuery() == null
            && uri.getRawFragment() == null
            && ("/".equals(uri.getRawPath()) || "".equals(uri.getRawPath()));
    if (!known || !bare) {
      throw new IllegalArgumentException(
          "an endpoint is scheme, host and port alone, such as https://storage.example:443");
    }
    this.endpoint = uri;
    return this;
  }

  /**
   * Uses a client the caller has, which speaks HTTP ({@link StorageOptions#http()}), and never
   * closes it. Its credentials, endpoint, timeouts and retries are its own; those set here count
   * for nothing.
   */
  public GcsStorageBuilder client(Storage existing) {
    this.client = existing;
    return this;
  }

  /**
   * Sets the retention of objects whose {@link
   * com.conitrack.backup.core.port.ObjectAttributes#retainUntil()} asks for it, and declares {@link
   * StorageInfo.Capability#RETENTION_LOCK}. The bucket must have been made with object retention
   * enabled. Unless set, retention is not asked of the server.
   */
  public GcsStorageBuilder retention(GcsStorage.RetentionMode mode) {
    this.retention = mode;
    return this;
  }

  /**
   * How much of a larger object is sent in one request, and held in memory for that by each upload.
   * 8 MiB unless set; each request should take much less than the stall limit of the backup on the
   * slowest connection there is.
   *
   * @param bytes a multiple of 256 KiB, at most 256 MiB
   */
  public GcsStorageBuilder partBytes(int bytes) {
    if (bytes <= 0 || bytes > LARGEST_PART || bytes % PART_UNIT != 0) {
      throw new IllegalArgumentException(
          "a part has a multiple of 262,144 bytes, at most 268,435,456, not " + bytes);
    }
    this.partBytes = bytes;
    return this;
  }

  /**
   * How long connecting, and each wait for bytes of an answer, may take; sending one part may take
   * five times as long. 20 s unless set.
   *
   * @param limit positive, less than a day
   */
  public GcsStorageBuilder answerTimeout(Duration limit) {
    this.answerTimeout = requireLimit(limit);
    return this;
  }

  /**
   * How long a request that fails in a passing way (429, 5xx, a broken connection) is repeated,
   * with growing pauses. 60 s unless set, which is below the two minutes after which a backup
   * leaves a storage behind.
   *
   * @param limit positive, less than a day
   */
  public GcsStorageBuilder retryTimeout(Duration limit) {
    this.retryTimeout = requireLimit(limit);
    return this;
  }

  private static Duration requireLimit(Duration limit) {
    if (limit.toMillis() < 1 || limit.compareTo(Duration.ofDays(1)) >= 0) {
      throw new IllegalArgumentException("a limit is positive and less than a day, not " + limit);
    }
    return limit;
  }

  /**
   * The storage. Does no I/O.
   *
   * @throws IllegalArgumentException if credentials would go over plain {@code http}
   */
  public GcsStorage build() {
    requireNothingReadable();
    Storage existing = client;
    LazyClient.Maker maker = existing == null ? options(this.credentials) : () -> existing;
    return new GcsStorage(
        name, Place.of(bucket, prefix), new LazyClient(maker), partBytes, retention);
  }

  private void requireNothingReadable() {
    URI uri = endpoint;
    if (uri != null && "http".equals(uri.getScheme()) && !anonymous && !isLoopback(uri)) {
      throw new IllegalArgumentException(
          "credentials would be sent readable to endpoint "
              + uri
              + ": use https, or no credentials");
    }
  }

  private static boolean isLoopback(URI uri) {
    String host = uri.getHost();
    try {
      return host.equals("localhost")
          || host.matches("[0-9.]+|\\[.*]") && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private LazyClient.Maker options(CredentialsSource source) {
    HttpStorageOptions.Builder builder =
        StorageOptions.http()
            // No request about objects names a project; without one, the client looks for it
            // on the network.
            .setProjectId("none")
            .setRetrySettings(retries(retryTimeout))
            .setTransportOptions(Timeouts.of(answerTimeout));
    if (project != null) {
      builder.setQuotaProjectId(project);
    }
    if (endpoint != null) {
      builder.setHost(endpoint.toString());
    }
    return () -> builder.setCredentials(load(source)).build().getService();
  }

  private static Credentials load(CredentialsSource source) throws IOException {
    try {
      return source.loadScoped();
    } catch (IOException | RuntimeException e) {
      throw new UnusableCredentialsException(e);
    }
  }

  private static RetrySettings retries(Duration total) {
    Duration first = Duration.ofMillis(Math.max(1, Math.min(1_000, total.toMillis() / 60)));
    return StorageOptions.getDefaultRetrySettings().toBuilder()
        .setInitialRetryDelayDuration(first)
        .setMaxRetryDelayDuration(first.multipliedBy(16))
        .setTotalTimeoutDuration(total)
        .setMaxAttempts(0)
        .build();
  }
}
