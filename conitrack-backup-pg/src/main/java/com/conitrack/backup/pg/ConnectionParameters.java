package com.conitrack.backup.pg;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a connection that matter here: their names for the JDBC driver, in libpq URIs and
 * in the environment of the client tools (PostgreSQL documentation, "Environment Variables").
 */
enum ConnectionParameters {
  APPLICATION_NAME("ApplicationName", "application_name", "PGAPPNAME"),
  CHANNEL_BINDING("channelBinding", "channel_binding", "PGCHANNELBINDING"),
  CONNECT_TIMEOUT("connectTimeout", "connect_timeout", "PGCONNECT_TIMEOUT"),
  GSS_ENC_MODE("gssEncMode", "gssencmode", "PGGSSENCMODE"),
  KERBEROS_NAME("kerberosServerName", "krbsrvname", "PGKRBSRVNAME"),
  OPTIONS("options", "options", "PGOPTIONS"),
  REQUIRE_AUTH("requireAuth", "require_auth", "PGREQUIREAUTH"),
  SSL_CERT("sslcert", "sslcert", "PGSSLCERT"),
  SSL_FACTORY("sslfactory", null, null),
  SSL_FACTORY_ARG("sslfactoryarg", null, null),
  SSL_HOSTNAME_VERIFIER("sslhostnameverifier", null, null),
  SSL_KEY("sslkey", "sslkey", "PGSSLKEY"),
  SSL_MODE("sslmode", "sslmode", "PGSSLMODE"),
  SSL_NEGOTIATION("sslNegotiation", "sslnegotiation", "PGSSLNEGOTIATION"),
  SSL_ROOT_CERT("sslrootcert", "sslrootcert", "PGSSLROOTCERT");

  private final String jdbc;
  private final @Nullable String libpq;
  private final @Nullable String environment;

  ConnectionParameters(String jdbc, @Nullable String libpq, @Nullable String environment) {
    this.jdbc = jdbc;
    this.libpq = libpq;
    this.environment = environment;
  }

  /** Picks what is known out of a URL's parameters; result by JDBC name. */
  static Map<String, String> read(Map<String, String> query) {
    refuse(
        query,
        "sslpassword",
        "the tools could be given it only where others can read it",
        "use a key file without a passphrase that only its owner can read");
    refuse(
        query,
        "socketFactory",
        "the client tools connect by themselves, by host and port",
        "give a host and port that a plain TCP connection reaches, such as that of the proxy");
    Map<String, String> known = new TreeMap<>();
    for (ConnectionParameters parameter : values()) {
      String value = query.get(parameter.jdbc);
      if (value == null && parameter.libpq != null) {
        value = query.get(parameter.libpq);
      }
      if (value != null) {
        known.put(parameter.jdbc, value);
      }
    }
    addSslMode(query, known);
    return known;
  }

  /** The environment variables of the tools that say the same as {@code parameters}. */
  static Map<String, String> toEnvironment(Map<String, String> parameters) {
    Map<String, String> variables = new TreeMap<>();
    for (ConnectionParameters parameter : values()) {
      String value = parameters.get(parameter.jdbc);
      if (value != null && parameter.environment != null) {
        variables.put(parameter.environment, value);
      }
    }
    return variables;
  }

  /** The driver's {@code ssl=true} means verify-full, unless a factory says to trust anyone. */
  private static void addSslMode(Map<String, String> query, Map<String, String> known) {
    String ssl = query.get("ssl");
    boolean wanted = ssl != null && (ssl.isEmpty() || ssl.toLowerCase(Locale.ROOT).equals("true"));
    if (wanted && !known.containsKey(SSL_MODE.jdbc)) {
      String factory = known.getOrDefault(SSL_FACTORY.jdbc, "");
      known.put(
          SSL_MODE.jdbc, factory.endsWith("NonValidatingFactory") ? "require" : "verify-full");
    }
  }

  private static void refuse(Map<String, String> query, String name, String why, String hint) {
    if (query.containsKey(name)) {
      throw ConnectionRules.wrong("the parameter " + name + " cannot be used: " + why, hint);
    }
  }
}
