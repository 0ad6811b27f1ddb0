package com.conitrack.backup.core.dump;

import com.conitrack.backup.core.model.ByteDigest;
import com.conitrack.backup.core.model.Fingerprint;
import com.conitrack.backup.core.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Objects;

/**
 * Takes the {@link Fingerprint} of a plain SQL dump while its bytes pass, in bounded memory, and
 * tells whether the dump is whole. The dump is one of pg_dump 9.0 or later (or of pg_restore from
 * an archive), with {@code COPY} or with {@code INSERT}.
 *
 * <h2>What is counted and digested</h2>
 *
 * All digests are SHA-256 and cover bytes of the dump as they stand, in its order.
 *
 * <ul>
 *   <li><b>Text of a statement</b>: from its first byte that is neither blank nor in a comment up
 *       to and including the semicolon that ends it, comments inside it included, followed by one
 *       line feed. Where statements end is decided as psql decides it.
 *   <li><b>A table's rows</b>: of each {@code COPY … FROM stdin}, one row per line, up to the line
 *       that is {@code \.}; digested are the lines with their line ends, without that last line. Of
 *       each {@code INSERT … VALUES}, one row per parenthesised tuple ({@code DEFAULT VALUES}:
 *       one); digested is the statement's text. Several of either for one table are taken as one
 *       run. So a dump with {@code COPY} compares equal only to another with {@code COPY}.
 *   <li><b>A table's total rows</b>: its own and those of all its partitions and inheriting tables,
 *       direct and indirect, each once. Rows of a foreign table are not in the dump and not
 *       counted.
 *   <li><b>Sequences</b>: value and flag of {@code setval}; the last one if there are several.
 *   <li><b>Large objects</b>: counted by {@code lo_open}; digested are the texts of the {@code
 *       SELECT lo_open}, {@code lowrite} and {@code lo_close} statements. (Creation, owner and
 *       comment of a large object belong to the schema.)
 *   <li><b>Objects</b>: {@code CREATE} statements by kind, in lower case and without what only
 *       qualifies it ({@code unique index} counts as {@code index}).
 *   <li><b>Schema</b>: the texts of all other statements, those of settings included, except {@code
 *       COPY}, {@code BEGIN} and {@code COMMIT}. In statements of at most 1 MiB a cast of an array,
 *       {@code (ARRAY[a, b])::t[]}, is digested as the casts of its elements, {@code ARRAY[(a)::t,
 *       (b)::t]}, because PostgreSQL turns the one into the other when it is restored. Lines that
 *       are commands to psql, such as {@code \restrict}, and what stands between statements are in
 *       no digest but that of the whole dump.
 * </ul>
 *
 * <h2>When a dump is whole</h2>
 *
 * Its last statement is followed by the line {@code -- PostgreSQL database dump complete}, ended by
 * a line feed; if there is a {@code \restrict} line, the {@code \}{@code unrestrict} line with the
 * same token comes after that; nothing is open; and nothing was met that pg_dump does not write and
 * that could mislead this reader.
 *
 * <p>Not thread-safe, but for the two counters for progress.
 */
public final class DumpInspector {
  /** What archives in pg_dump's custom format start with. */
  private static final String ARCHIVE = "PGDMP";

  private final MessageDigest plain = Sha256.newDigest();
  private final FingerprintTaker taker = new FingerprintTaker();
  private final DumpLexer<RuntimeException> lexer = taker.lexer();
  private final TokenBuffer start = new TokenBuffer(ARCHIVE.length());
  private long bytes;

  /** Starts an inspection; {@link #finish} completes it. */
  public DumpInspector() {}

  /**
   * Takes the next bytes of the dump; pieces may be cut anywhere. The array is not kept.
   *
   * @throws IndexOutOfBoundsException if the range is not inside the array
   */
  public void accept(byte[] b, int off, int len) {
    Objects.checkFromIndexSize(off, len, b.length);
    plain.update(b, off, len);
    start.append(b, off, off + len);
    bytes += len;
    lexer.accept(b, off, len);
    taker.publishProgress();
  }

  /** Completes the inspection: the dump has ended. May be called once. */
  public DumpFindings finish() {
    List<String> defects = defects();
    Fingerprint fingerprint = taker.fingerprint();
    return new DumpFindings(
        fingerprint,
        taker.named(fingerprint),
        new ByteDigest(bytes, Sha256.from(plain)),
        defects.isEmpty(),
        defects,
        taker.header().dumpedFrom(),
        taker.header().dumpedBy(),
        lexer.session().encoding(),
        taker.demands());
  }

  private List<String> defects() {
    if (bytes == 0) {
      return List.of("is empty");
    }
    if (new String(start.copy(), StandardCharsets.US_ASCII).equals(ARCHIVE)) {
      return List.of("is an archive in pg_dump's custom format, not plain SQL");
    }
    return taker.defects();
  }

  /** How the dump was taken, as far as it has been read. */
  public DumpTraits traits() {
    return taker.traits();
  }

  /** How many tables have been met so far; may be called by any thread. */
  public long tablesSoFar() {
    return taker.tablesSoFar();
  }

  /** How many rows have passed so far; may be called by any thread. */
  public long rowsSoFar() {
    return taker.rowsSoFar();
  }
}
