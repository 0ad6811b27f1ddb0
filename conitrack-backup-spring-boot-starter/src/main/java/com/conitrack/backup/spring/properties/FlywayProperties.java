package com.conitrack.backup.spring.properties;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The backup before Flyway migrates.
 *
 * @param enabled Whether pending migrations need a proved backup first.
 * @param migrateWithoutBackup Why, in words, migrations shall run although no proved backup can be
 *     had. For an emergency: the register records it.
 */
public record FlywayProperties(
    @DefaultValue("true") boolean enabled, @Nullable String migrateWithoutBackup) {}
