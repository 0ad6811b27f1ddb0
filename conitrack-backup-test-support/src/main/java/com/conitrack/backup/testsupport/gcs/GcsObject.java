package com.conitrack.backup.testsupport.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * One generation of an object.
 *
 * @param settings what its writer said of it, in the form of the API's object resource
 */
record GcsObject(
    String bucket,
    String name,
    long generation,
    byte[] content,
    Hashes hashes,
    JsonNode settings,
    Instant created) {

  GcsObject(
      String bucket, String name, long generation, byte[] content, JsonNode settings, Instant now) {
    this(
        bucket,
        name,
        generation,
        content,
        Hashes.of(content),
        settings,
        now.truncatedTo(ChronoUnit.MILLIS));
  }

  /** The same with other content, as if a bit had flipped inside the server. */
  GcsObject flipped() {
    byte[] damaged = content.length == 0 ? new byte[] {1} : content.clone();
    damaged[damaged.length / 2] ^= 1;
    return new GcsObject(bucket, name, generation, damaged, settings, created);
  }

  boolean isGzipEncoded() {
    return settings.path("contentEncoding").asText().equals("gzip");
  }

  String contentType() {
    return settings.path("contentType").asText("application/octet-stream");
  }

  /** The object resource; see https://cloud.google.com/storage/docs/json_api/v1/objects. */
  ObjectNode resource() {
    String time = DateTimeFormatter.ISO_INSTANT.format(created);
    ObjectNode resource =
        JsonNodeFactory.instance
            .objectNode()
            .put("kind", "storage#object")
            .put("id", bucket + "/" + name + "/" + generation)
            .put("name", name)
            .put("bucket", bucket)
            .put("generation", String.valueOf(generation))
            .put("metageneration", "1")
            .put("contentType", contentType())
            .put("storageClass", "STANDARD")
            .put("size", String.valueOf(content.length))
            .put("crc32c", hashes.crc32c())
            .put("md5Hash", hashes.md5())
            .put("etag", "C" + generation + "=")
            .put("timeCreated", time)
            .put("updated", time);
    for (String given : new String[] {"contentEncoding", "metadata", "retention"}) {
      if (settings.has(given)) {
        resource.set(given, settings.get(given));
      }
    }
    return resource;
  }
}
