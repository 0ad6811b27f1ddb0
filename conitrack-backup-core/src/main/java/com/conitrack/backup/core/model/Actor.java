package com.conitrack.backup.core.model;

/**
 * Who did something, and where.
 *
 * @param name the person or service, such as {@code ana} or {@code scheduler}
 * @param host the host's name
 * @param software the program and its version, such as {@code conitrack-backup 0.1.0}
 */
public record Actor(String name, String host, String software) {}
