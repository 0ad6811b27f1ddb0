package com.conitrack.backup.testsupport.gcs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request of an upload session carries: {@code bytes 0-9/*}, {@code bytes 0-9/10}, {@code
 * bytes *}{@code /10} or {@code bytes *}{@code /*}.
 *
 * @param first the first byte's place, -1 if there are no bytes
 * @param length how many bytes
 * @param total the size of the whole object, null if it is not known yet
 */
record ContentRange(long first, long length, @Nullable Long total) {
  private static final Pattern FORM = Pattern.compile("bytes (?:(\\d+)-(\\d+)|\\*)/(?:(\\d+)|\\*)");

  static ContentRange parse(@Nullable String header) {
    Matcher matcher = FORM.matcher(header == null ? "" : header);
    if (!matcher.matches()) {
      throw Refusal.invalid("Failed to parse Content-Range header.");
    }
    Long total = matcher.group(3) == null ? null : Long.valueOf(matcher.group(3));
    if (matcher.group(1) == null) {
      return new ContentRange(-1, 0, total);
    }
    long first = Long.parseLong(matcher.group(1));
    long length = Long.parseLong(matcher.group(2)) - first + 1;
    if (length < 1 || (total != null && first + length != total)) {
      throw Refusal.invalid("Invalid Content-Range header: " + header);
    }
    return new ContentRange(first, length, total);
  }

  boolean isStatusQuery() {
    return first < 0 && total == null;
  }

  GcsCall call() {
    if (isStatusQuery()) {
      return GcsCall.STATUS;
    }
    return total == null ? GcsCall.PART : GcsCall.FINISH;
  }
}
