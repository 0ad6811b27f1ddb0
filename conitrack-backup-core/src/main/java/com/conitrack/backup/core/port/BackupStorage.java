package com.conitrack.backup.core.port;

import com.conitrack.backup.core.model.StorageException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A place that holds objects: a directory, a bucket. Keys are relative paths with {@code /} between
 * segments, as {@link ObjectKeys#require} checks; a key that fails the check is refused by every
 * method that takes one with an {@link IllegalArgumentException}.
 *
 * <p>Promises, which the contract test enforces:
 *
 * <ul>
 *   <li><b>Invisible until committed.</b> Bytes given to an {@link Upload} cannot be found, listed
 *       or opened before {@link Upload#commit()} returns; then all of them can, at once. An upload
 *       closed without commit, or whose process dies, leaves no object.
 *   <li><b>Create-only.</b> A key that exists is never overwritten: {@code begin} or {@code commit}
 *       fails with {@link com.conitrack.backup.core.model.ErrorKind#ALREADY_EXISTS} and what is
 *       there stays as it is, also when two writers race; exactly one of them wins.
 *   <li><b>Read after write.</b> After {@code commit} returns, {@code find}, {@code list} and
 *       {@code open} see the object, and it survives a crash of the process or the host.
 *   <li>No key may continue another object's key with {@code /}, as {@code a/b} does {@code a}: a
 *       storage may refuse it.
 *   <li>All methods may be called from many threads at once. An {@link Upload} belongs to one
 *       thread at a time.
 *   <li>Failures are {@link StorageException}s that name the storage, the key and what to do.
 * </ul>
 */
public interface BackupStorage {

  /** The storage's name and what it can do. Does no I/O and never fails. */
  StorageInfo info();

  /**
   * Starts to write a new object of unknown length.
   *
   * @return an upload, which the caller closes
   * @throws StorageException {@code ALREADY_EXISTS} if the key is taken (some storages only notice
   *     at commit), {@code PERMISSION}, {@code CONNECTION}, {@code FULL}, {@code NOT_FOUND} (no
   *     such directory or bucket) or {@code IO}
   */
  Upload begin(String key, ObjectAttributes attributes);

  /** Opens an object for reading from its start; see {@link #open(String, long)}. */
  default InputStream open(String key) {
    return open(key, 0);
  }

  /**
   * Opens an object for reading from a byte on, for instance where an earlier reading broke off.
   * Reading the stream may fail with an {@link java.io.IOException}; it never ends early without
   * one.
   *
   * @param offset how many bytes to leave out, at least 0; at the object's size the stream is empty
   * @return a stream, which the caller closes
   * @throws StorageException {@code NOT_FOUND} if there is no such object, {@code DAMAGED} if it is
   *     shorter than {@code offset}
   */
  InputStream open(String key, long offset);

  /** What is known of one object without reading it; empty if there is none. */
  Optional<StoredObject> find(String key);

  /**
   * All objects whose keys start with {@code prefix} (the empty string: all; any text is allowed),
   * ordered by key as {@link String#compareTo} does. What lies in the same place under names that
   * are no keys is left out.
   *
   * @throws StorageException if not every object could be listed: the answer is whole or none
   */
  List<StoredObject> list(String prefix);

  /**
   * Deletes an object. Deleting what is not there succeeds.
   *
   * @return whether the object was there
   * @throws StorageException {@code IMMUTABLE} if the storage protects the object for a time,
   *     {@code PERMISSION} if it refuses for another reason; then the object is still there
   */
  boolean delete(String key);

  /**
   * Removes what uploads that never ended have left (temporary files, open multipart uploads),
   * recognised as this library's own. Uploads of a process still at work are left alone: those
   * touched after {@code olderThan}, and, where the storage can tell, those whose process lives.
   *
   * @return what was removed, one description each
   */
  List<String> sweep(Instant olderThan);

  /**
   * Removes the same, whatever its age, of uploads begun with that {@link ObjectAttributes#OWNER}.
   * The caller knows that none of them is at work, as the holder of a lock does. A storage that
   * tells the dead from the living by itself, or where nothing is left behind, removes nothing.
   *
   * @return what was removed, one description each
   */
  List<String> sweepOwned(String owner);
}
