package com.conitrack.backup.core.port;

/**
 * A database to be made.
 *
 * @param name its name, free on the server
 * @param like the database whose encoding, collation, character type and locale provider it takes
 * @param comment what it says of itself, for people and for telling whose it is
 */
public record NewDatabase(String name, String like, String comment) {}
