package com.conitrack.backup.testsupport.net;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request as an {@link HttpFront} sees it, without its body.
 *
 * @param method its method
 * @param path its path, as it was sent
 * @param query what follows the first {@code ?}, as it was sent; may be empty
 * @param headers its headers; names in lower case
 */
public record HttpRequestHead(
    String method, String path, String query, Map<String, String> headers) {
  public HttpRequestHead {
    headers = Map.copyOf(headers);
  }

  /** Whether it has this method. */
  public boolean is(String name) {
    return method.equals(name);
  }

  /** A header's value; empty if it is not there. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** Whether the query has a parameter of this name. */
  public boolean asks(String parameter) {
    return ("&" + query).matches(".*&" + parameter + "(=.*|&.*|)");
  }

  long contentLength() {
    return Long.parseLong(headers.getOrDefault("content-length", "0"));
  }

  static HttpRequestHead parse(byte[] head) {
    String[] lines = new String(head, StandardCharsets.ISO_8859_1).split("\r\n");
    String[] first = lines[0].split(" ");
    String[] target = first[1].split("\\?", 2);
    Map<String, String> headers = new TreeMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] pair = lines[i].split(":", 2);
      headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1].strip());
    }
    return new HttpRequestHead(first[0], target[0], target.length > 1 ? target[1] : "", headers);
  }
}
