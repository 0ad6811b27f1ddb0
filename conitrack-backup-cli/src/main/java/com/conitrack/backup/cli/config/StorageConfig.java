package com.conitrack.backup.cli.config;

import com.conitrack.backup.core.port.BackupStorage;
import java.util.function.Supplier;

/**
 * One place for copies.
 *
 * @param name its name in manifests and messages
 * @param type its type, such as {@code filesystem}
 * @param location where it is, for people; no secret
 * @param opener makes the adapter; may do I/O but does not fail
 */
public record StorageConfig(
    String name, String type, String location, Supplier<BackupStorage> opener) {}
