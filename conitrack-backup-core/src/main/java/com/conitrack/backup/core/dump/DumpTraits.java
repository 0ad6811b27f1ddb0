package com.conitrack.backup.core.dump;

/**
 * How a dump was taken, as its statements show. What pg_dump writes without further options creates
 * objects, copies rows, and names owners.
 *
 * @param ofWholeInstance it was made by pg_dumpall: it creates databases and roles
 * @param creates it creates objects; without {@code --data-only}
 * @param copies it brings rows, or tables without any, by {@code COPY}
 * @param inserts it brings rows by {@code INSERT}
 * @param clears it drops objects before it creates them: {@code --clean}
 * @param owners it names owners: without {@code --no-owner}
 * @param carriageReturns its lines end with carriage return and line feed: a text-mode transfer has
 *     changed it
 */
public record DumpTraits(
    boolean ofWholeInstance,
    boolean creates,
    boolean copies,
    boolean inserts,
    boolean clears,
    boolean owners,
    boolean carriageReturns) {}
