package com.conitrack.backup.testsupport.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** One request, taken apart. */
final class Call {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpExchange exchange;
  private final List<String> path;
  private final Map<String, String> query = new HashMap<>();

  Call(HttpExchange exchange) {
    this.exchange = exchange;
    this.path =
        Stream.of(exchange.getRequestURI().getRawPath().split("/"))
            .filter(part -> !part.isEmpty())
            .map(Call::decode)
            .toList();
    String raw = exchange.getRequestURI().getRawQuery();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      int equals = pair.indexOf('=');
      query.put(
          decode(equals < 0 ? pair : pair.substring(0, equals)),
          equals < 0 ? "" : decode(pair.substring(equals + 1)));
    }
  }

  /** In a path and in what this client writes as a query, a plus is a plus. */
  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  HttpExchange exchange() {
    return exchange;
  }

  String method() {
    return exchange.getRequestMethod();
  }

  /** Segments, decoded. */
  List<String> path() {
    return path;
  }

  @Nullable String parameter(String name) {
    return query.get(name);
  }

  boolean has(String name, String value) {
    return value.equals(query.get(name));
  }

  @Nullable Long number(String name) {
    String text = query.get(name);
    if (text == null) {
      return null;
    }
    try {
      return Long.valueOf(text);
    } catch (NumberFormatException e) {
      throw Refusal.invalid("Invalid value for " + name + ": " + text);
    }
  }

  @Nullable String header(String name) {
    return exchange.getRequestHeaders().getFirst(name);
  }

  InputStream body() throws IOException {
    InputStream body = exchange.getRequestBody();
    return "gzip".equals(header("Content-Encoding")) ? new GZIPInputStream(body) : body;
  }

  /** The body as JSON, an empty object if there is none. */
  JsonNode json() throws IOException {
    return json(body().readAllBytes());
  }

  static JsonNode json(byte[] bytes) throws IOException {
    return bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
  }
}
