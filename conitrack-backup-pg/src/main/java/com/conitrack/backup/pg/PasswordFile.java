package com.conitrack.backup.pg;

import java.io.IOException;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reading and writing {@code .pgpass} files (PostgreSQL documentation, "The Password File"). */
final class PasswordFile {
  private static final int FIELDS = 5;

  private PasswordFile() {}

  /** The password that the first fitting line of {@code file} holds for {@code connection}. */
  static char[] lookUp(Path file, PostgresConnection connection) {
    for (String line : lines(file)) {
      List<String> fields = split(line);
      if (!line.startsWith("#") && fields.size() == FIELDS && fits(fields, connection)) {
        return fields.get(FIELDS - 1).toCharArray();
      }
    }
    throw ConnectionRules.wrong(
        "the password file " + file + " has no line for " + connection,
        "add host:port:database:user:password, with ':' and '\\' written as '\\:' and '\\\\'");
  }

  /** One line that gives {@code password} for any server and user, in UTF-8. */
  static byte[] lineFor(char[] password) {
    StringBuilder line = new StringBuilder("*:*:*:*:");
    for (char c : password) {
      if (c == '\n' || c == '\r' || c == '\0') {
        throw ConnectionRules.wrong(
            "the password holds a line break or a zero, which no password file can",
            "change the password");
      }
      line.append(c == ':' || c == '\\' ? "\\" : "").append(c);
    }
    return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> lines(Path file) {
    try {
      requirePrivate(file);
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw ConnectionRules.wrong(
          "the password file " + file + " cannot be read: " + e, "check its path and owner");
    }
  }

  private static void requirePrivate(Path file) throws IOException {
    // Not asked of the file store: below a chroot there may be none to be found.
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> granted = view.readAttributes().permissions();
    if (granted.stream().anyMatch(p -> !p.name().startsWith("OWNER_"))) {
      throw ConnectionRules.wrong(
          "the password file " + file + " is open to others", "run: chmod 600 " + file);
    }
  }

  private static boolean fits(List<String> fields, PostgresConnection connection) {
    return fits(fields.get(0), connection.host())
        && fits(fields.get(1), Integer.toString(connection.port()))
        && fits(fields.get(2), connection.database())
        && fits(fields.get(3), connection.user());
  }

  private static boolean fits(String field, String value) {
    return field.equals("*") || field.equals(value);
  }

  /** Splits at colons that no backslash precedes; a backslash makes the next character plain. */
  private static List<String> split(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    for (CharBuffer rest = CharBuffer.wrap(line); rest.hasRemaining(); ) {
      char c = rest.get();
      if (c == '\\' && rest.hasRemaining()) {
        field.append(rest.get());
      } else if (c == ':' && fields.size() < FIELDS - 1) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
