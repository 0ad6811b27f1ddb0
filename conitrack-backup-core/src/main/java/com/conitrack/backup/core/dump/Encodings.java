package com.conitrack.backup.core.dump;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's encodings (documentation, "Character Set Support") as Java knows them. */
final class Encodings {
  private static final Map<String, String> JAVA_NAMES =
      Map.ofEntries(
          Map.entry("LATIN1", "ISO-8859-1"),
          Map.entry("LATIN2", "ISO-8859-2"),
          Map.entry("LATIN3", "ISO-8859-3"),
          Map.entry("LATIN4", "ISO-8859-4"),
          Map.entry("LATIN5", "ISO-8859-9"),
          Map.entry("LATIN6", "ISO-8859-10"),
          Map.entry("LATIN7", "ISO-8859-13"),
          Map.entry("LATIN8", "ISO-8859-14"),
          Map.entry("LATIN9", "ISO-8859-15"),
          Map.entry("LATIN10", "ISO-8859-16"),
          Map.entry("ISO88595", "ISO-8859-5"),
          Map.entry("ISO88596", "ISO-8859-6"),
          Map.entry("ISO88597", "ISO-8859-7"),
          Map.entry("ISO88598", "ISO-8859-8"),
          Map.entry("WIN866", "IBM866"),
          Map.entry("WIN874", "x-windows-874"),
          Map.entry("WIN1250", "windows-1250"),
          Map.entry("WIN1251", "windows-1251"),
          Map.entry("WIN1252", "windows-1252"),
          Map.entry("WIN1253", "windows-1253"),
          Map.entry("WIN1254", "windows-1254"),
          Map.entry("WIN1255", "windows-1255"),
          Map.entry("WIN1256", "windows-1256"),
          Map.entry("WIN1257", "windows-1257"),
          Map.entry("WIN1258", "windows-1258"),
          Map.entry("KOI8R", "KOI8-R"),
          Map.entry("KOI8U", "KOI8-U"),
          Map.entry("EUCJP", "EUC-JP"),
          Map.entry("EUCCN", "GB2312"),
          Map.entry("EUCKR", "EUC-KR"),
          Map.entry("EUCTW", "x-EUC-TW"));

  /** Client-only encodings: in a character of theirs, a later byte may look like ASCII. */
  private static final Set<String> UNSAFE =
      Set.of("SJIS", "SHIFTJIS2004", "BIG5", "GBK", "UHC", "GB18030", "JOHAB");

  private Encodings() {}

  /** Java's charset, or null where there is none or the server does not know it itself. */
  static @Nullable Charset charset(String encoding) {
    String key = key(encoding);
    if (key.equals("UTF8") || key.equals("UNICODE")) {
      return StandardCharsets.UTF_8;
    }
    String name = JAVA_NAMES.get(key);
    return name != null && Charset.isSupported(name) ? Charset.forName(name) : null;
  }

  /** Whether quotes and backslashes can be told apart from parts of characters. */
  static boolean safe(String encoding) {
    return !UNSAFE.contains(key(encoding));
  }

  /** Decodes; what has no charset is UTF-8 if it can be, else each byte is one character. */
  static String decode(byte[] bytes, @Nullable Charset charset) {
    if (isAscii(bytes)) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    Charset first = charset == null ? StandardCharsets.UTF_8 : charset;
    try {
      return first.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
  }

  /** All of PostgreSQL's encodings have ASCII in common, and most names hold nothing else. */
  private static boolean isAscii(byte[] bytes) {
    for (byte c : bytes) {
      if (c < 0) {
        return false;
      }
    }
    return true;
  }

  /** The server compares names of encodings by letters and digits alone. */
  private static String key(String encoding) {
    return encoding.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
  }
}
