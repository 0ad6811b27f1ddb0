package com.conitrack.backup.core.catalogue;

import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * A manifest as one storage holds it.
 *
 * @param storage the storage's name
 * @param key its key
 * @param manifest what it says, null if it could not be read
 * @param sha256 digest of its bytes, null if it could not be read
 * @param problem why it could not be read, null if it could
 */
record FoundManifest(
    String storage,
    String key,
    @Nullable Manifest manifest,
    @Nullable Sha256 sha256,
    @Nullable String problem) {}
