package com.conitrack.backup.testsupport.database;

import com.conitrack.backup.testsupport.postgres.PostgresFixture;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Databases to try things on, as SQL for an empty database on PostgreSQL 14 or later. Their rows
 * follow from their numbers: two databases made of one script are equal.
 */
public final class SampleSchemas {
  /** Bytes that a row of {@link #bulk} takes in a plain dump, about. */
  private static final int BULK_ROW = 218;

  private SampleSchemas() {}

  /**
   * A pharmaceutical stock system: 14 tables of lots, packages, movements, analyses and users, the
   * eleven Hibernate Envers tables with {@code revinfo}, and Flyway's history at version 3; about
   * 17,000 rows.
   *
   * <p>One of its constraints is a check of the sort {@code varchar IN (…)}, which PostgreSQL
   * writes differently after its first reload, as it does for schemas that Hibernate made.
   */
  public static String conitrack() {
    return resource("conitrack.sql");
  }

  /**
   * Names, values and objects of every awkward kind. Needs a superuser; makes two roles that stay
   * when the database goes.
   */
  public static String hostile() {
    return resource("hostile.sql");
  }

  /**
   * Settings of the database itself that change how its dump is written; for a database that holds
   * {@link #hostile} already, or anything else.
   */
  public static String hostileSettings() {
    return resource("hostile-settings.sql");
  }

  /** One table {@code public.carga} whose rows take about {@code megabytes} MB in a plain dump. */
  public static String bulk(int megabytes) {
    return """
    CREATE TABLE public.carga (id bigint PRIMARY KEY, codigo text NOT NULL, detalle text, cantidad numeric(12, 4), fecha timestamp with time zone);
    INSERT INTO public.carga
    SELECT n, 'L-' || n, md5(n::text) || md5('b' || n) || E'\\t' || md5('c' || n) || md5('d' || n) || ' añadido ' || md5('e' || n),
        n * 0.0625, timestamptz '2025-01-01 00:00:00+00' + n * interval '1 second'
    FROM generate_series(1, %d) AS n
    """
        .formatted(megabytes * 1_000_000L / BULK_ROW);
  }

  /** Creates a database and fills it with one of these. */
  public static void create(PostgresFixture server, String database, String sql) {
    server.createDatabase(database);
    server.execute(database, sql);
  }

  private static String resource(String name) {
    try (InputStream stream = SampleSchemas.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("'" + name + "' is missing beside its class");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("unable to read '" + name + "'", e);
    }
  }
}
