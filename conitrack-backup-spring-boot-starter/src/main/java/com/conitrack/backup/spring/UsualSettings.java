package com.conitrack.backup.spring;

import com.conitrack.backup.pg.PostgresConnection;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Where Spring's own settings say that the database is, for applications whose {@code DataSource}
 * does not tell, or that have none: reactive ones connect by R2DBC and migrate by JDBC.
 */
enum UsualSettings {
  DATA_SOURCE("spring.datasource", "username"),
  FLYWAY("spring.flyway", "user"),
  LIQUIBASE("spring.liquibase", "user"),
  R2DBC("spring.r2dbc", "username");

  private final String prefix;
  private final String user;

  UsualSettings(String prefix, String user) {
    this.prefix = prefix + ".";
    this.user = user;
  }

  /** By the first URL that is set; null if none is. */
  static @Nullable PostgresConnection connection(Environment environment) {
    return Arrays.stream(values())
        .map(settings -> settings.read(environment))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  /** Null if it sets no URL. */
  @Nullable PostgresConnection read(Environment environment) {
    String url = environment.getProperty(prefix + "url");
    if (url == null) {
      return null;
    }
    PostgresConnection connection = PostgresConnection.of(withoutR2dbc(url));
    String name = environment.getProperty(prefix + user);
    if (name != null) {
      connection = connection.withUser(name);
    }
    String password = environment.getProperty(prefix + "password");
    return password == null ? connection : connection.withPassword(password);
  }

  /** {@code r2dbc:postgresql://…}, {@code r2dbc:pool:postgresql://…} and the like. */
  private static String withoutR2dbc(String url) {
    return url.replaceFirst("^r2dbcs?:(?:pool:)?(?=postgres(?:ql)?:)", "");
  }
}
