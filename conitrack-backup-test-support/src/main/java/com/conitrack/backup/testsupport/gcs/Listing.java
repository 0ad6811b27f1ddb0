package com.conitrack.backup.testsupport.gcs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/** One page of the objects there are, in order of their names. */
final class Listing {
  private static final int MOST = 1000;

  private Listing() {}

  static Reply of(GcsBucket bucket, Call call) {
    if (call.parameter("delimiter") != null || call.has("versions", "true")) {
      throw new Refusal(501, "notImplemented", "This test server lists live objects one by one.");
    }
    String prefix = Objects.toString(call.parameter("prefix"), "");
    String token = call.parameter("pageToken");
    Long asked = call.number("maxResults");
    int page = Math.min(bucket.pageLimit(), asked == null ? MOST : (int) Math.min(MOST, asked));
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("kind", "storage#objects");
    ArrayNode items = JsonNodeFactory.instance.arrayNode();
    for (GcsObject object : bucket.objectsFrom(token == null ? prefix : decode(token))) {
      if (!object.name().startsWith(prefix)) {
        break;
      }
      if (items.size() == page) {
        answer.put("nextPageToken", encode(object.name()));
        break;
      }
      items.add(object.resource());
    }
    if (!items.isEmpty()) {
      answer.set("items", items);
    }
    return Reply.json(200, Fields.select(answer, call.parameter("fields")));
  }

  private static String encode(String name) {
    return Base64.getUrlEncoder().encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String decode(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("Invalid pageToken");
    }
  }
}
