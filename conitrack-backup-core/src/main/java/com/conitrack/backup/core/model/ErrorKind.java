package com.conitrack.backup.core.model;

/** What sort of thing went wrong, for programs; the message is for people. */
public enum ErrorKind {
  /** A setting is wrong, missing or contradicts another. */
  CONFIGURATION,
  /** The server or storage could not be reached, or the connection was lost. */
  CONNECTION,
  /** User, password, key or token were not accepted. */
  AUTHENTICATION,
  /** Known, but not allowed to do this. */
  PERMISSION,
  /** The storage keeps the object from being deleted for a time; that is as it was asked to be. */
  IMMUTABLE,
  /** The database, object, directory or bucket does not exist. */
  NOT_FOUND,
  /** The key is taken; what is there was not touched. */
  ALREADY_EXISTS,
  /** No room left. */
  FULL,
  /** A client tool is not installed, or no version of it fits the server. */
  TOOL,
  /** The database or a tool reported an error in the work itself. */
  DATABASE,
  /** Bytes are not those that were written, or a dump is not whole. */
  DAMAGED,
  /** Another runner holds the lock. */
  LOCKED,
  /** A time limit passed. */
  TIMEOUT,
  /** The caller's thread was interrupted. */
  CANCELLED,
  /** A rule of the policy was not met. */
  RULE,
  /** Any other failure of reading or writing. */
  IO
}
