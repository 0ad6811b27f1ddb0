package com.conitrack.backup.testsupport.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of an upload in one request: metadata, then bytes; multipart/related, RFC 2387. */
record Multipart(JsonNode settings, byte[] content) {
  private static final Pattern BOUNDARY =
      Pattern.compile("multipart/related;.*boundary=\"?([^\";]+)\"?.*");
  private static final byte[] BLANK_LINE = ascii("\r\n\r\n");

  static Multipart parse(@Nullable String contentType, byte[] body) throws IOException {
    Matcher matcher = BOUNDARY.matcher(contentType == null ? "" : contentType);
    if (!matcher.matches()) {
      throw Refusal.invalid("Multipart must have a Content-Type of multipart/related.");
    }
    byte[] separator = ascii("\r\n--" + matcher.group(1));
    int firstPart = skipBlankLine(body, 0);
    int firstEnd = find(body, separator, firstPart);
    int secondPart = skipBlankLine(body, firstEnd);
    int secondEnd = lastIndexOf(body, separator);
    if (secondEnd < secondPart) {
      throw Refusal.invalid("Missing end boundary in multipart body.");
    }
    return new Multipart(
        Call.json(Arrays.copyOfRange(body, firstPart, firstEnd)),
        Arrays.copyOfRange(body, secondPart, secondEnd));
  }

  private static int skipBlankLine(byte[] body, int from) {
    return find(body, BLANK_LINE, from) + BLANK_LINE.length;
  }

  private static int find(byte[] body, byte[] wanted, int from) {
    for (int at = from; at + wanted.length <= body.length; at++) {
      if (Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw Refusal.invalid("Malformed multipart body.");
  }

  private static int lastIndexOf(byte[] body, byte[] wanted) {
    for (int at = body.length - wanted.length; at >= 0; at--) {
      if (Arrays.equals(body, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    throw Refusal.invalid("Missing end boundary in multipart body.");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
