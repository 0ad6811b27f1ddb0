package com.conitrack.backup.storage.r2;

import java.net.URI;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/**
 * Makes clients. They send no checksums of the SDK's own and no chunked bodies, neither of which R2
 * takes: what proves an upload is the Content-MD5 of each request here, and the SHA-256 of the
 * whole above.
 */
final class Clients {
  /** Connections of uploads and reads that may go on at once; further ones wait for one. */
  private static final int CONNECTIONS = 64;

  private static final Duration CONNECT = Duration.ofSeconds(10);

  /** How long a store may keep silent in the middle of an answer. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private Clients() {}

  static S3Client make(S3StorageBuilder settings) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .maxConnections(CONNECTIONS)
                    .connectionTimeout(CONNECT)
                    .connectionAcquisitionTimeout(settings.callTimeout)
                    .socketTimeout(shorter(SILENCE, settings.attemptTimeout)))
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
            .overrideConfiguration(all -> all.retryStrategy(retries(settings.attempts)))
            .forcePathStyle(settings.pathStyle);
    applyPlace(builder, settings.endpoint, settings.region);
    applyCredentials(builder, settings.accessKeyId, settings.secretAccessKey);
    return builder.build();
  }

  private static RetryStrategy retries(int attempts) {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(attempts).build();
  }

  private static void applyPlace(
      S3ClientBuilder builder, @Nullable URI endpoint, @Nullable String region) {
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    if (region != null) {
      builder.region(Region.of(region));
    } else if (endpoint != null) {
      builder.region(Region.US_EAST_1);
    }
  }

  private static void applyCredentials(
      S3ClientBuilder builder,
      @Nullable Supplier<String> keyId,
      @Nullable Supplier<String> secret) {
    if (keyId != null && secret != null) {
      AwsCredentialsProvider given = () -> credentials(keyId, secret);
      builder.credentialsProvider(given);
    }
  }

  private static AwsCredentials credentials(Supplier<String> keyId, Supplier<String> secret) {
    try {
      return AwsBasicCredentials.create(keyId.get(), secret.get());
    } catch (RuntimeException e) {
      throw SdkClientException.create("the access key cannot be read", e);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
