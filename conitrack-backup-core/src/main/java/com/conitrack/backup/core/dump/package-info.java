/**
 * Reads plain SQL dumps while they pass: what is in them, whether they are whole, and what of them
 * may be replayed.
 *
 * <p>One lexer serves both readers. It follows the rules by which psql splits a script into
 * statements (PostgreSQL documentation, "Lexical Structure"), works on bytes in pieces of any size,
 * and keeps no more of a statement than its first words.
 */
@NullMarked
package com.conitrack.backup.core.dump;

import org.jspecify.annotations.NullMarked;
