package com.conitrack.backup.storage.r2;

import com.conitrack.backup.core.port.BackupStorage;
import com.conitrack.backup.core.port.ObjectAttributes;
import com.conitrack.backup.core.port.StoredObject;
import com.conitrack.backup.core.port.Upload;
import com.conitrack.backup.testsupport.s3.S3Server;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.s3.S3Client;

/** Storages on test servers, and what tests do with them. */
final class Storages {
  static final int PART = 5 * S3StorageBuilder.MEBIBYTE;
  static final ObjectAttributes PLAIN = new ObjectAttributes("application/octet-stream", Map.of());

  private Storages() {}

  static S3StorageBuilder at(S3Server server) {
    return at(server.endpoint());
  }

  static S3StorageBuilder at(InetSocketAddress front) {
    return at(S3Server.endpointAt(front));
  }

  /** With the least part size, so that tests of parts stay small. */
  static S3StorageBuilder at(URI endpoint) {
    return S3Storage.named("store")
        .endpoint(endpoint)
        .region(S3Server.REGION)
        .credentials(S3Server.ACCESS_KEY_ID, S3Server.SECRET_ACCESS_KEY)
        .pathStyle(true)
        .partBytes(PART);
  }

  static S3Client client(S3Server server) {
    return Clients.make(at(server));
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static StoredObject put(BackupStorage storage, String key, byte[] bytes) {
    try (Upload upload = storage.begin(key, PLAIN)) {
      upload.write(bytes, 0, bytes.length);
      return upload.commit();
    }
  }

  static byte[] get(BackupStorage storage, String key) throws IOException {
    try (InputStream stream = storage.open(key)) {
      return stream.readAllBytes();
    }
  }

  /** The names of all objects in the bucket, whoever made them. */
  static List<String> names(S3Client client, String bucket) {
    return client.listObjectsV2(request -> request.bucket(bucket)).contents().stream()
        .map(object -> object.key())
        .toList();
  }

  /** The names of all open multipart uploads in the bucket, whoever began them. */
  static List<String> openUploads(S3Client client, String bucket) {
    return client.listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
        .map(upload -> upload.key())
        .toList();
  }
}
