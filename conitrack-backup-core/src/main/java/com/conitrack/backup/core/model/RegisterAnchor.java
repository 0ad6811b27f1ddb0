package com.conitrack.backup.core.model;

/**
 * The newest register entry a storage held when a manifest was written. It pins the register from
 * outside its own chain, so that entries cut off its end are missed.
 *
 * @param storage the storage whose register it is
 * @param sequence the entry's number
 * @param sha256 digest of the entry's bytes
 */
public record RegisterAnchor(String storage, long sequence, Sha256 sha256) {}
