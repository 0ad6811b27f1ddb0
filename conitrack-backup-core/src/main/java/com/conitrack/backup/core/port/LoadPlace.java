package com.conitrack.backup.core.port;

/** Where a dump is to be loaded, seen from the database that is asked what it lacks. */
public enum LoadPlace {
  /** Into this database, with the extensions that it has. */
  THIS_DATABASE,
  /** Into a new database of the same server. */
  NEW_DATABASE
}
