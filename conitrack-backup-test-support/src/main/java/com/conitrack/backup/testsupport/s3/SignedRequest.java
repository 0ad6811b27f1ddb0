package com.conitrack.backup.testsupport.s3;

import com.conitrack.backup.core.model.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A request without a body, signed with AWS Signature Version 4 ("Authenticating Requests:
 * Authorization Header" in Amazon's S3 API reference); enough to make a bucket, and to look into
 * it, without an SDK.
 */
final class SignedRequest {
  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final String SIGNED_HEADERS = "host;x-amz-content-sha256;x-amz-date";

  private final URI endpoint;
  private final String method;
  private final String path;
  private final String query;
  private final String moment;

  /**
   * @param query encoded as the signature wants it, such as {@code uploads=}; empty for none
   */
  SignedRequest(URI endpoint, String method, String path, String query, Clock clock) {
    this.endpoint = endpoint;
    this.method = method;
    this.path = path;
    this.query = query;
    this.moment =
        DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC)
            .format(clock.instant());
  }

  /** Sends it. */
  HttpResponse<String> send() {
    URI target = endpoint.resolve(query.isEmpty() ? path : path + "?" + query);
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .header("x-amz-content-sha256", hex(""))
            .header("x-amz-date", moment)
            .header("Authorization", authorization())
            .method(method, BodyPublishers.noBody())
            .build();
    try {
      return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("unable to send " + method + " " + target, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private String authorization() {
    return "%s Credential=%s/%s, SignedHeaders=%s, Signature=%s"
        .formatted(ALGORITHM, S3Server.ACCESS_KEY_ID, scope(), SIGNED_HEADERS, signature());
  }

  private String signature() {
    String canonical =
        String.join(
            "\n",
            method,
            path,
            query,
            "host:" + endpoint.getAuthority(),
            "x-amz-content-sha256:" + hex(""),
            "x-amz-date:" + moment,
            "",
            SIGNED_HEADERS,
            hex(""));
    String toSign = String.join("\n", ALGORITHM, moment, scope(), hex(canonical));
    byte[] key = ("AWS4" + S3Server.SECRET_ACCESS_KEY).getBytes(StandardCharsets.UTF_8);
    for (String each : scope().split("/")) {
      key = hmac(key, each);
    }
    return HexFormat.of().formatHex(hmac(key, toSign));
  }

  private String scope() {
    return moment.substring(0, 8) + "/" + S3Server.REGION + "/s3/aws4_request";
  }

  private static String hex(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }
}
