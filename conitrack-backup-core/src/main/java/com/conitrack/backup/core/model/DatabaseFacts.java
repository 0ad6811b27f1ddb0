package com.conitrack.backup.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What a server says of a database at one moment. Holds no secret.
 *
 * @param name the database's name
 * @param server where it was reached, such as {@code db.example:5432}; no user information
 * @param systemIdentifier the cluster's identifier ({@code pg_control_system()}), null where the
 *     user may not read it
 * @param version the server's version
 * @param bytes size on the server's disk ({@code pg_database_size}), 0 where unknown
 * @param encoding server encoding, such as {@code UTF8}
 * @param schemaVersion version of the application's schema (Flyway's newest successful one), null
 *     where there is none
 */
public record DatabaseFacts(
    String name,
    String server,
    @Nullable String systemIdentifier,
    ServerVersion version,
    long bytes,
    String encoding,
    @Nullable String schemaVersion) {}
