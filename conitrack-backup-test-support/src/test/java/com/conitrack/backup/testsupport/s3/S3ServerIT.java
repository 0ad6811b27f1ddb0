package com.conitrack.backup.testsupport.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class S3ServerIT {
  @Test
  void s3ProxyMakesBucketsForThoseWhoSignAndEndsWhenClosed() throws IOException {
    S3Server server = S3Server.s3Proxy();
    try (server) {
      assertThat(server.newBucket()).isNotEqualTo(server.newBucket());
      assertThat(statusOf(server.endpoint().resolve("/" + server.newBucket()))).isEqualTo(403);
      Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofHours(-2));
      int status =
          new SignedRequest(server.endpoint(), "PUT", "/late", "", wrong).send().statusCode();
      assertThat(status).isEqualTo(403);
    }
    assertGone(server);
  }

  @Test
  void s3MockMakesBucketsAndEndsWhenClosed() throws IOException {
    S3Server server = S3Server.s3Mock();
    try (server) {
      assertThat(statusOf(server.endpoint().resolve("/" + server.newBucket()))).isEqualTo(200);
      assertThat(statusOf(server.endpoint().resolve("/none"))).isEqualTo(404);
    }
    assertGone(server);
  }

  private static void assertGone(S3Server server) {
    assertThatThrownBy(() -> new Socket("127.0.0.1", server.address().getPort()).close())
        .isInstanceOf(IOException.class);
  }

  private static int statusOf(URI uri) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    try {
      return connection.getResponseCode();
    } finally {
      connection.disconnect();
    }
  }
}
