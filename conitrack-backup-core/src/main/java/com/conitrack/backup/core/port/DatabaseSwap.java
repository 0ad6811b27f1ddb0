package com.conitrack.backup.core.port;

/**
 * One database put into the place of another.
 *
 * @param live the name in use, which {@code fresh} gets
 * @param fresh the database that takes the place
 * @param aside the name that the database now called {@code live} gets; free on the server
 * @param carrySettings whether owner, privileges, settings (also those of roles in this database),
 *     connection limit, security labels and comment of the old one are given to the new one, in the
 *     same transaction; false on the way back
 */
public record DatabaseSwap(String live, String fresh, String aside, boolean carrySettings) {}
