package com.conitrack.backup.storage.gcs;

import com.google.api.client.http.HttpRequestInitializer;
import com.google.cloud.ServiceOptions;
import com.google.cloud.http.HttpTransportOptions;
import java.time.Duration;

/**
 * Ends what makes no progress. The client's own options limit connecting and reading but not
 * writing, where a server that takes no bytes would be waited for without end.
 */
final class Timeouts extends HttpTransportOptions {
  private static final long serialVersionUID = 1L;

  /** A request's body is up to a whole part of an object, an answer's first bytes are few. */
  private static final int WRITE_FACTOR = 5;

  private final int writeMillis;

  private Timeouts(HttpTransportOptions.Builder builder, int writeMillis) {
    super(builder);
    this.writeMillis = writeMillis;
  }

  /**
   * @param answer how long connecting and each read may take
   */
  static Timeouts of(Duration answer) {
    int millis = Math.toIntExact(answer.toMillis());
    return new Timeouts(
        HttpTransportOptions.newBuilder().setConnectTimeout(millis).setReadTimeout(millis),
        Math.multiplyExact(millis, WRITE_FACTOR));
  }

  @Override
  public HttpRequestInitializer getHttpRequestInitializer(ServiceOptions<?, ?> options) {
    HttpRequestInitializer usual = super.getHttpRequestInitializer(options);
    return request -> {
      usual.initialize(request);
      request.setWriteTimeout(writeMillis);
    };
  }

  @Override
  public boolean equals(Object other) {
    return super.equals(other)
        && other instanceof Timeouts timeouts
        && timeouts.writeMillis == writeMillis;
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + writeMillis;
  }
}
