package com.conitrack.backup.core.dump;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings array casts into the form that lasts. PostgreSQL stores {@code CHECK (kind IN ('A', 'B'))}
 * on a {@code varchar} column so that it dumps as {@code (ARRAY['A'::character varying,
 * 'B'::character varying])::text[]}; restored, it dumps as {@code ARRAY[('A'::character
 * varying)::text, ('B'::character varying)::text]}, and so from then on (seen with pg_dump 15.18).
 * It means the same, so both must digest to the same.
 */
final class ArrayCasts {
  private static final byte[] OPEN = "(ARRAY[".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CAST = "])::".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_TYPE = 300;

  private final byte[] text;
  private final int length;

  private ArrayCasts(byte[] text, int length) {
    this.text = text;
    this.length = length;
  }

  /**
   * The first {@code length} bytes of {@code text}, casts of arrays made casts of their elements.
   */
  static ByteBuffer distributed(byte[] text, int length) {
    return new ArrayCasts(text, length).rewrite();
  }

  private ByteBuffer rewrite() {
    int found = find(0);
    if (found < 0) {
      return ByteBuffer.wrap(text, 0, length);
    }
    ByteArrayOutputStream rewritten = new ByteArrayOutputStream(length + 64);
    int copied = 0;
    while (found >= 0) {
      Cast cast = castAt(found);
      if (cast != null) {
        rewritten.write(text, copied, found - copied);
        write(cast, rewritten);
        copied = cast.end;
      }
      found = find(cast != null ? cast.end : found + 1);
    }
    rewritten.write(text, copied, length - copied);
    return ByteBuffer.wrap(rewritten.toByteArray());
  }

  private int find(int from) {
    for (int i = from; i <= length - OPEN.length; i++) {
      if (text[i] == '(' && startsWith(OPEN, i)) {
        return i;
      }
    }
    return -1;
  }

  private boolean startsWith(byte[] what, int at) {
    if (at + what.length > length) {
      return false;
    }
    for (int i = 0; i < what.length; i++) {
      if (text[at + i] != what[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * A cast of an array.
   *
   * @param bounds where elements begin and end, alternately
   * @param typeFrom where the name of the elements' type begins
   * @param end just after the pair of brackets that follows that name
   */
  private record Cast(List<Integer> bounds, int typeFrom, int end) {}

  private @Nullable Cast castAt(int open) {
    List<Integer> bounds = new ArrayList<>();
    int from = open + OPEN.length;
    int depth = 0;
    int i = from;
    while (i < length) {
      byte c = text[i];
      if (c == '\'' || c == '"') {
        i = afterQuote(i);
        continue;
      }
      if (depth == 0 && (c == ',' || c == ']')) {
        bounds.add(from);
        bounds.add(i);
        from = i + 1;
        if (c == ']') {
          return castOf(bounds, i);
        }
      }
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      i++;
    }
    return null;
  }

  /** Quotes are doubled inside quotes, which reads as two quoted pieces side by side. */
  private int afterQuote(int quote) {
    boolean escapes = quote > 0 && text[quote - 1] == 'E' && text[quote] == '\'';
    int i = quote + 1;
    while (i < length && text[i] != text[quote]) {
      i += escapes && text[i] == '\\' ? 2 : 1;
    }
    return i + 1;
  }

  private @Nullable Cast castOf(List<Integer> bounds, int closing) {
    if (!startsWith(CAST, closing)) {
      return null;
    }
    int type = closing + CAST.length;
    for (int i = type; i < Math.min(length - 1, type + LONGEST_TYPE); i++) {
      if (text[i] == '[' && text[i + 1] == ']') {
        return new Cast(bounds, type, i + 2);
      }
      if (!partOfType(text[i])) {
        return null;
      }
    }
    return null;
  }

  private static boolean partOfType(byte c) {
    return c < 0 || Character.isLetterOrDigit(c) || " ._\"(,)".indexOf(c) >= 0;
  }

  private void write(Cast cast, ByteArrayOutputStream to) {
    to.write(OPEN, 1, OPEN.length - 1);
    for (int i = 0; i < cast.bounds.size(); i += 2) {
      int from = cast.bounds.get(i);
      while (text[from] == ' ') {
        from++;
      }
      if (i > 0) {
        to.write(',');
        to.write(' ');
      }
      to.write('(');
      to.write(text, from, cast.bounds.get(i + 1) - from);
      to.writeBytes(new byte[] {')', ':', ':'});
      to.write(text, cast.typeFrom, cast.end - 2 - cast.typeFrom);
    }
    to.write(']');
  }
}
