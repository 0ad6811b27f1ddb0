package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.Requirements.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A database to be made.
 *
 * @param name its name, free on the server
 * @param form its encoding and locale
 * @param comment what it says of itself, for people and for telling whose it is; null for nothing
 */
public record NewDatabase(String name, Form form, @Nullable String comment) {

  /** One in the form of another database of the server. */
  public NewDatabase(String name, String like, @Nullable String comment) {
    this(name, new Form.Like(like), comment);
  }

  /** What cannot be changed once a database exists. */
  public sealed interface Form {

    /**
     * Encoding, collation, character type, locale provider and tablespace of another one.
     *
     * @param database a database of the same server
     */
    record Like(String database) implements Form {}

    /**
     * As a backup's manifest tells it, for a server where the original is not.
     *
     * @param encoding server encoding, such as {@code UTF8}
     * @param locale its locale, null for the server's default
     */
    record Of(String encoding, @Nullable Locale locale) implements Form {}
  }
}
