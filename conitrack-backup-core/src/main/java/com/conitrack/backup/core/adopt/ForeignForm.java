package com.conitrack.backup.core.adopt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is not a plain dump, by its first bytes, and what to do about it.
 *
 * @param what a phrase that goes after "it is"
 * @param hint what to do
 */
record ForeignForm(String what, String hint) {
  private static final String MODULE =
      "add the module conitrack-backup-archive and its codecs to those that can be read";
  private static final String UNPACK = "unpack it first";
  private static final String NO_DUMP =
      "look at what it holds: a download may have brought an error page in the dump's place";

  /** First bytes, and what they mean. */
  private record Magic(int at, String bytes, ForeignForm form) {}

  private static final List<Magic> KNOWN =
      List.of(
          magic("PK\3\4", "a zip archive", MODULE),
          magic("PK\5\6", "a zip archive with nothing in it", NO_DUMP),
          magic(
              "PGDMP", "an archive of pg_dump's", "configure the codecs of PostgreSQL's archives"),
          magic("BZh", "in bzip2", UNPACK),
          magic("\u00fd7zXZ\0", "in xz", UNPACK),
          magic("7z\u00bc\u00af", "a 7z archive", UNPACK),
          magic("Rar!", "a rar archive", UNPACK),
          magic("\u0028\u00b5\u002f\u00fd", "in zstd", "add the codec for zstd"),
          magic("age-encryption.org/", "encrypted with age", "decrypt it first"),
          magic("%PDF", "a PDF document", NO_DUMP),
          magic("SQLite format 3", "a database of SQLite", NO_DUMP),
          magic("-- MySQL dump", "a dump of MySQL", NO_DUMP),
          magic("-- MariaDB dump", "a dump of MariaDB", NO_DUMP),
          magic(
              "\u00ff\u00fe",
              "in UTF-16, as the > of Windows PowerShell writes",
              "take it again with pg_dump --file, which writes the bytes as they are"),
          magic(
              "\u00ef\u00bb\u00bf",
              "marked as UTF-8 by an editor that wrote it anew",
              "adopt the file as pg_dump wrote it"),
          new Magic(257, "ustar", new ForeignForm("a tar archive", MODULE)));

  private static Magic magic(String bytes, String what, String hint) {
    return new Magic(0, bytes, new ForeignForm(what, hint));
  }

  /** What bytes that begin so are, null if they may be a plain dump. */
  static @Nullable ForeignForm of(byte[] head) {
    if (head.length == 0) {
      return new ForeignForm("empty", "look for the failure of the tool that should have made it");
    }
    String text = new String(head, StandardCharsets.ISO_8859_1);
    for (Magic magic : KNOWN) {
      if (text.startsWith(magic.bytes, magic.at)) {
        return magic.form;
      }
    }
    String first = text.stripLeading().toLowerCase(Locale.ROOT);
    if (first.startsWith("<!doctype") || first.startsWith("<html") || first.startsWith("<?xml")) {
      return new ForeignForm("a page of HTML or XML", NO_DUMP);
    }
    if (first.startsWith("{")) {
      return new ForeignForm("a piece of JSON", NO_DUMP);
    }
    return text.indexOf('\0') >= 0
        ? new ForeignForm("in no form that is known here", "unpack or decrypt it first")
        : null;
  }
}
