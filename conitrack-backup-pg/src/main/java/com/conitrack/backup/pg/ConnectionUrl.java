package com.conitrack.backup.pg;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the two kinds of URL. By hand, as the driver's own parser logs a URL that it cannot read,
 * password and all.
 */
final class ConnectionUrl {
  private static final String JDBC = "jdbc:postgresql:";

  /**
   * Drivers before the driver, such as {@code jdbc:p6spy:postgresql:}, name it behind themselves.
   */
  private static final Pattern WRAPPED =
      Pattern.compile("^jdbc:(?!tc:)(?:[a-z0-9-]+:)?(?=postgresql:)");

  private static final Pattern OTHER = Pattern.compile("jdbc:(?!postgresql:)[a-z0-9-]+:");

  private final boolean jdbc;
  private final Map<String, String> query = new LinkedHashMap<>();
  private @Nullable String host;
  private @Nullable String port;
  private @Nullable String database;

  private ConnectionUrl(boolean jdbc) {
    this.jdbc = jdbc;
  }

  static PostgresConnection parse(String given) {
    String url = WRAPPED.matcher(given).replaceFirst("jdbc:");
    String rest = afterScheme(url);
    ConnectionUrl parsed = new ConnectionUrl(url.startsWith(JDBC));
    int question = rest.indexOf('?');
    if (question >= 0) {
      parsed.readQuery(rest.substring(question + 1));
      rest = rest.substring(0, question);
    }
    parsed.readPlace(rest);
    return parsed.toConnection();
  }

  private static String afterScheme(String url) {
    if (url.startsWith(JDBC)) {
      return url.substring(JDBC.length());
    }
    for (String scheme : new String[] {"postgresql:", "postgres:"}) {
      if (url.startsWith(scheme + "//")) {
        return url.substring(scheme.length());
      }
    }
    Matcher other = OTHER.matcher(url);
    throw ConnectionRules.wrong(
        other.lookingAt()
            ? "'" + other.group() + "' is not PostgreSQL, which alone can be backed up"
            : "it is neither a JDBC URL nor a libpq URI",
        "write jdbc:postgresql://host:5432/database or postgresql://user@host:5432/database");
  }

  private void readQuery(String text) {
    for (String pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        query.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
  }

  /** Reads {@code //authority/database}, or for JDBC the database alone. */
  private void readPlace(String text) {
    if (!text.startsWith("//")) {
      database = decode(text.startsWith("/") ? text.substring(1) : text);
      return;
    }
    int slash = text.indexOf('/', 2);
    readAuthority(text.substring(2, slash < 0 ? text.length() : slash));
    database = slash < 0 ? "" : decode(text.substring(slash + 1));
  }

  private void readAuthority(String authority) {
    int at = authority.lastIndexOf('@');
    if (at >= 0) {
      readUserInfo(authority.substring(0, at));
    }
    readHost(firstOf(authority.substring(at + 1)));
  }

  private void readUserInfo(String userInfo) {
    int colon = userInfo.indexOf(':');
    query.putIfAbsent("user", decode(colon < 0 ? userInfo : userInfo.substring(0, colon)));
    if (colon >= 0) {
      query.putIfAbsent("password", decode(userInfo.substring(colon + 1)));
    }
  }

  private void readHost(String hostAndPort) {
    int bracket = hostAndPort.startsWith("[") ? hostAndPort.indexOf(']') : -1;
    if (bracket > 0) {
      host = hostAndPort.substring(1, bracket);
    }
    int colon = hostAndPort.indexOf(':', Math.max(bracket, 0));
    if (bracket < 0) {
      host = decode(colon < 0 ? hostAndPort : hostAndPort.substring(0, colon));
    }
    port = colon < 0 ? null : hostAndPort.substring(colon + 1);
  }

  private PostgresConnection toConnection() {
    String user = textOr(query.remove("user"), System.getProperty("user.name", "postgres"));
    String password = query.remove("password");
    String place = textOr(firstOf(textOr(query.remove("host"), textOr(host, ""))), "localhost");
    String portText = firstOf(textOr(query.remove("port"), textOr(port, "")));
    String name = textOr(query.remove("dbname"), textOr(database, user));
    return new PostgresConnection(
        place,
        portText.isEmpty() ? PostgresConnection.DEFAULT_PORT : ConnectionRules.port(portText),
        name,
        user,
        password == null ? null : password::toCharArray,
        ConnectionParameters.read(query));
  }

  private static String firstOf(String list) {
    int comma = list.indexOf(',');
    return comma < 0 ? list : list.substring(0, comma);
  }

  private static String textOr(@Nullable String text, String otherwise) {
    return text == null || text.isEmpty() ? otherwise : text;
  }

  /** In a JDBC URL {@code +} is a space, as the driver reads it; in a libpq URI it is itself. */
  private String decode(String text) {
    try {
      return URLDecoder.decode(jdbc ? text : text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw ConnectionRules.wrong(
          "a percent sign is not followed by two hexadecimal digits", "write a plain '%' as %25");
    }
  }
}
