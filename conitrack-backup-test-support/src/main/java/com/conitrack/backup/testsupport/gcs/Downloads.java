package com.conitrack.backup.testsupport.gcs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Bytes of an object, or a range of them. */
final class Downloads {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  private Downloads() {}

  static Reply of(GcsObject object, Call call) throws IOException {
    if (object.isGzipEncoded()
        && !Objects.toString(call.header("Accept-Encoding"), "").contains("gzip")) {
      return transcoded(object);
    }
    Matcher range = RANGE.matcher(Objects.toString(call.header("Range"), ""));
    return described(range.matches() ? ranged(object, range) : whole(object), object);
  }

  /**
   * Decompressed by the server, of unknown length, ranges ignored; see
   * https://cloud.google.com/storage/docs/transcoding.
   */
  private static Reply transcoded(GcsObject object) throws IOException {
    try (GZIPInputStream plain = new GZIPInputStream(new ByteArrayInputStream(object.content()))) {
      return described(
          Reply.bytes(200, object.contentType(), plain.readAllBytes())
              .with("Warning", "214 UploadServer gunzipped"),
          object);
    }
  }

  private static Reply whole(GcsObject object) {
    return encoded(Reply.bytes(200, object.contentType(), object.content()), object);
  }

  private static Reply ranged(GcsObject object, Matcher range) {
    int size = object.content().length;
    long first = Long.parseLong(range.group(1));
    if (first >= size) {
      return Reply.text(416, "The requested range cannot be satisfied.")
          .with("Content-Range", "bytes */" + size);
    }
    long last =
        range.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(range.group(2)));
    byte[] part = Arrays.copyOfRange(object.content(), (int) first, (int) last + 1);
    return encoded(
        Reply.bytes(206, object.contentType(), part)
            .with("Content-Range", "bytes %d-%d/%d".formatted(first, last, size)),
        object);
  }

  private static Reply encoded(Reply reply, GcsObject object) {
    return object.isGzipEncoded() ? reply.with("Content-Encoding", "gzip") : reply;
  }

  private static Reply described(Reply reply, GcsObject object) {
    return reply
        .with("ETag", "\"" + object.generation() + "\"")
        .with("Accept-Ranges", "bytes")
        .with(
            "Last-Modified",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(object.created().atZone(ZoneOffset.UTC)))
        .with("X-Goog-Generation", String.valueOf(object.generation()))
        .with("X-Goog-Metageneration", "1")
        .with("X-Goog-Hash", object.hashes().header())
        .with("X-Goog-Storage-Class", "STANDARD")
        .with("X-Goog-Stored-Content-Length", String.valueOf(object.content().length))
        .with("X-Goog-Stored-Content-Encoding", object.isGzipEncoded() ? "gzip" : "identity");
  }
}
