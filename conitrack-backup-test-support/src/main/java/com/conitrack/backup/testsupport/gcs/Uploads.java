package com.conitrack.backup.testsupport.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Uploads in one request and resumable ones. */
final class Uploads {
  private static final Pattern CRC = Pattern.compile("crc32c=([^, ]+)");
  private static final Pattern MD5 = Pattern.compile("md5=([^, ]+)");
  private static final int CANCELLED = 499;

  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  int open() {
    return (int) sessions.values().stream().filter(Session::isOpen).count();
  }

  Reply insert(GcsBucket bucket, Call call, boolean corrupt) throws IOException {
    Multipart parts = Multipart.parse(call.header("Content-Type"), call.body().readAllBytes());
    GcsObject made =
        bucket.insert(
            nameOf(call, parts.settings()),
            parts.content(),
            parts.settings(),
            Conditions.of(call),
            corrupt);
    return Reply.json(200, Fields.select(made.resource(), call.parameter("fields")));
  }

  /** Conditions are looked at when a session starts and again when it ends. */
  Reply start(GcsBucket bucket, Call call) throws IOException {
    JsonNode settings = call.json();
    String name = nameOf(call, settings);
    Conditions conditions = Conditions.of(call);
    bucket.check(name, conditions);
    String id = UUID.randomUUID().toString();
    sessions.put(id, new Session(bucket, name, settings, conditions));
    return Reply.empty(200)
        .with(
            "Location",
            "http://%s/upload/storage/v1/b/%s/o?uploadType=resumable&upload_id=%s"
                .formatted(call.header("Host"), bucket.name(), id))
        .with("X-GUploader-UploadID", id);
  }

  private static String nameOf(Call call, JsonNode settings) {
    String name = call.parameter("name");
    if (name == null && settings.hasNonNull("name")) {
      name = settings.get("name").asText();
    }
    if (name == null) {
      throw new Refusal(400, "required", "Required parameter: name");
    }
    return name;
  }

  Reply put(Call call, boolean corrupt) throws IOException {
    Session session = session(call);
    if (session.isCancelled()) {
      return Reply.empty(CANCELLED);
    }
    GcsObject made = session.made();
    if (made != null) {
      call.body().readAllBytes();
      return Reply.json(200, made.resource());
    }
    try {
      return put(session, ContentRange.parse(call.header("Content-Range")), call, corrupt);
    } catch (Session.AheadOfServer e) {
      return Reply.text(503, Objects.requireNonNull(e.getMessage()));
    }
  }

  private static Reply put(Session session, ContentRange range, Call call, boolean corrupt)
      throws IOException {
    if (range.length() > 0) {
      session.append(range.first(), range.length(), range.total() != null, call.body());
    }
    Long total = range.total();
    if (total == null) {
      return progress(session);
    }
    String hashes = call.header("X-Goog-Hash");
    return Reply.json(
        200, session.finish(total, hash(CRC, hashes), hash(MD5, hashes), corrupt).resource());
  }

  /** Without a Range header nothing has been received yet. */
  private static Reply progress(Session session) {
    Reply reply = Reply.empty(308);
    return session.size() == 0 ? reply : reply.with("Range", "bytes=0-" + (session.size() - 1));
  }

  Reply cancel(Call call) {
    session(call).cancel();
    return Reply.empty(CANCELLED);
  }

  private Session session(Call call) {
    Session session = sessions.get(Objects.toString(call.parameter("upload_id"), ""));
    if (session == null) {
      throw new Refusal(404, "notFound", "Not Found");
    }
    return session;
  }

  private static @Nullable String hash(Pattern pattern, @Nullable String header) {
    Matcher matcher = pattern.matcher(header == null ? "" : header);
    return matcher.find() ? matcher.group(1) : null;
  }
}
