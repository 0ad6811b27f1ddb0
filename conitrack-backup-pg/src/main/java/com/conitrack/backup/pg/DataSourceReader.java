package com.conitrack.backup.pg;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads URL, user and password out of a pool, whose class is not known here, by its getters. */
final class DataSourceReader {
  private static final List<String> URL = List.of("getJdbcUrl", "getUrl", "getURL");
  private static final List<String> USER = List.of("getUsername", "getUserName", "getUser");
  private static final List<String> PASSWORD = List.of("getPassword");
  private static final List<String> WRAPPED = List.of("getTargetDataSource", "getDataSource");
  private static final int MAX_WRAPPERS = 8;

  private DataSourceReader() {}

  static PostgresConnection read(DataSource dataSource) {
    Object source = dataSource;
    for (int depth = 0; depth < MAX_WRAPPERS; depth++) {
      Optional<String> url = text(source, URL);
      if (url.isPresent()) {
        return connection(source, url.get());
      }
      Object inner = unwrap(source);
      if (inner == null || inner == source) {
        break;
      }
      source = inner;
    }
    throw ConnectionRules.wrong(
        dataSource.getClass().getName() + " does not tell its URL",
        "give the URL, user and password: PostgresConnection.of(url)");
  }

  private static PostgresConnection connection(Object source, String url) {
    PostgresConnection connection = PostgresConnection.of(url);
    Optional<String> user = text(source, USER);
    if (user.isPresent()) {
      connection = connection.withUser(user.get());
    }
    if (text(source, PASSWORD).isPresent()) {
      return connection.withPassword(() -> password(source).toCharArray());
    }
    return connection;
  }

  /** Asked again at each connection: pools let passwords be renewed. */
  private static String password(Object source) {
    return text(source, PASSWORD)
        .orElseThrow(
            () ->
                ConnectionRules.wrong(
                    source.getClass().getName() + " no longer tells its password",
                    "give it with PostgresConnection.withPassword"));
  }

  private static @Nullable Object unwrap(Object source) {
    Object target = value(source, WRAPPED);
    if (target instanceof DataSource) {
      return target;
    }
    try {
      return source instanceof DataSource wrapper && wrapper.isWrapperFor(DataSource.class)
          ? wrapper.unwrap(DataSource.class)
          : null;
    } catch (SQLException e) {
      return null;
    }
  }

  private static Optional<String> text(Object source, List<String> getters) {
    return value(source, getters) instanceof String text && !text.isEmpty()
        ? Optional.of(text)
        : Optional.empty();
  }

  private static @Nullable Object value(Object source, List<String> getters) {
    for (String getter : getters) {
      Object value = call(source, getter);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable Object call(Object source, String getter) {
    try {
      Method method = source.getClass().getMethod(getter);
      boolean callable = Modifier.isPublic(method.getModifiers()) && method.trySetAccessible();
      return callable ? method.invoke(source) : null;
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return null; // This getter tells nothing; the next one may.
    }
  }
}
