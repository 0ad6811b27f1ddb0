package com.conitrack.backup.core.production;

import com.conitrack.backup.core.dump.DumpRows;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of a row in COPY's text format (PostgreSQL documentation, COPY, "Text Format"). */
final class CopyLine {
  private static final String ESCAPES = "bfnrtv";
  private static final byte[] MEANINGS = {'\b', '\f', '\n', '\r', '\t', 0x0B};

  private CopyLine() {}

  /** The values in the order of the columns; null is NULL. */
  static List<@Nullable String> values(DumpRows.Copied table, byte[] line, int length) {
    List<@Nullable String> values = new ArrayList<>(table.columns().size());
    int start = 0;
    for (int i = 0; i <= length; i++) {
      if (i == length || line[i] == '\t') {
        boolean isNull = i - start == 2 && line[start] == '\\' && line[start + 1] == 'N';
        values.add(isNull ? null : table.decode(unescape(line, start, i)));
        start = i + 1;
      }
    }
    return values;
  }

  private static byte[] unescape(byte[] line, int from, int to) {
    ByteArrayOutputStream value = null;
    int copied = from;
    for (int i = from; i < to - 1; i++) {
      if (line[i] == '\\') {
        value = value == null ? new ByteArrayOutputStream(to - from) : value;
        value.write(line, copied, i - copied);
        int escape = ESCAPES.indexOf(line[i + 1]);
        value.write(escape >= 0 ? MEANINGS[escape] : line[i + 1]);
        i++;
        copied = i + 1;
      }
    }
    if (value == null) {
      return Arrays.copyOfRange(line, from, to);
    }
    value.write(line, copied, to - copied);
    return value.toByteArray();
  }
}
