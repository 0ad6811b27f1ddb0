package com.conitrack.backup.pg;

import com.conitrack.backup.core.model.DatabaseException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Requirements.Locale;
import com.conitrack.backup.core.port.NewDatabase;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code CREATE DATABASE} for the server's version. The template is {@code template0}: the
 * only one that may be given another encoding and locale, and that holds nothing local (PostgreSQL
 * documentation, "Template Databases").
 */
final class CreateDatabase {
  private static final int PROVIDER_SINCE = 15;
  private static final int ICU_RULES_SINCE = 16;
  private static final int DATLOCALE_SINCE = 17;

  private final StringBuilder sql;
  private final int major;

  private CreateDatabase(String name, int major) {
    this.major = major;
    this.sql =
        new StringBuilder("CREATE DATABASE ")
            .append(Sql.identifier(name))
            .append(" TEMPLATE template0");
  }

  static String statement(NewDatabase database, Session session, String what) {
    CreateDatabase statement = new CreateDatabase(database.name(), session.serverVersion().major());
    if (database.form() instanceof NewDatabase.Form.Like like) {
      statement.like(like.database(), session, what);
    } else if (database.form() instanceof NewDatabase.Form.Of form) {
      statement.text("ENCODING", form.encoding());
      statement.locale(form.locale());
    }
    return statement.sql.toString();
  }

  private void like(String original, Session session, String what) {
    boolean there =
        session
            .first(
                """
                SELECT pg_encoding_to_char(encoding), datcollate, datctype,
                       CASE WHEN t.oid <> (SELECT dattablespace FROM pg_database WHERE datname = 'template0') THEN spcname END,
                       %s, %s, %s
                  FROM pg_database d JOIN pg_tablespace t ON t.oid = d.dattablespace
                 WHERE datname = ?
                """
                    .formatted(
                        major < PROVIDER_SINCE ? "'c'" : "datlocprovider::text",
                        major < PROVIDER_SINCE
                            ? "NULL"
                            : major < DATLOCALE_SINCE ? "daticulocale" : "datlocale",
                        major < ICU_RULES_SINCE ? "NULL" : "daticurules"),
                this::options,
                original)
            .isPresent();
    if (!there) {
      throw new DatabaseException(
          ErrorKind.NOT_FOUND,
          what,
          "there is no database '" + original + "' to take encoding and locale from",
          "check the name");
    }
  }

  private boolean options(ResultSet row) throws SQLException {
    text("ENCODING", row.getString(1));
    text("LC_COLLATE", row.getString(2));
    text("LC_CTYPE", row.getString(3));
    String tablespace = row.getString(4);
    if (tablespace != null) { // To name the usual one takes a right that few users have.
      sql.append(" TABLESPACE ").append(Sql.identifier(tablespace));
    }
    provider(row.getString(5), row.getString(6), row.getString(7));
    return true;
  }

  private void provider(String provider, @Nullable String locale, @Nullable String rules) {
    if (major < PROVIDER_SINCE) {
      return;
    }
    switch (provider) {
      case "i" -> text("LOCALE_PROVIDER", "icu").text("ICU_LOCALE", locale);
      case "b" -> text("LOCALE_PROVIDER", "builtin").text("BUILTIN_LOCALE", locale);
      default -> text("LOCALE_PROVIDER", "libc");
    }
    text("ICU_RULES", rules);
  }

  /** A manifest tells one name for ICU and the builtin provider, besides the character type. */
  private void locale(@Nullable Locale locale) {
    if (locale == null) {
      return;
    }
    boolean libc = locale.provider().equals("libc");
    text("LC_COLLATE", libc ? locale.collate() : locale.ctype());
    text("LC_CTYPE", locale.ctype());
    provider(libc ? "c" : locale.provider().substring(0, 1), locale.collate(), null);
  }

  private CreateDatabase text(String option, @Nullable String value) {
    if (value != null) {
      sql.append(' ').append(option).append(' ').append(Sql.literal(value));
    }
    return this;
  }
}
