package com.conitrack.backup.core.port;

import org.jspecify.annotations.Nullable;

/**
 * A database among those of a server.
 *
 * @param name its name
 * @param owner the role that owns it
 * @param comment what {@code COMMENT ON DATABASE} says, null if nothing
 * @param bytes its size on the server's disk, 0 where unknown
 */
public record DatabaseDescription(
    String name, String owner, @Nullable String comment, long bytes) {}
