package com.conitrack.backup.testsupport.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is answered. */
record Reply(int code, Map<String, String> headers, byte[] body) {
  static Reply empty(int code) {
    return new Reply(code, new LinkedHashMap<>(), new byte[0]);
  }

  static Reply json(int code, JsonNode body) {
    return bytes(code, "application/json; charset=UTF-8", utf8(body.toString()));
  }

  static Reply text(int code, String text) {
    return bytes(code, "text/plain; charset=utf-8", utf8(text));
  }

  static Reply bytes(int code, String type, byte[] body) {
    return new Reply(code, new LinkedHashMap<>(), body).with("Content-Type", type);
  }

  Reply with(String header, String value) {
    headers.put(header, value);
    return this;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
