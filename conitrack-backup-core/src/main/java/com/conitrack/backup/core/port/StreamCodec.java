package com.conitrack.backup.core.port;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A reversible coding of a byte stream: compression or encryption, all of one shape. What a codec
 * writes can be decoded by a stock tool, named in {@link #decodeCommand()}. Instances are immutable
 * and safe for use by many threads; the streams they make belong to one thread at a time.
 */
public interface StreamCodec {

  /**
   * The name recorded in manifests, such as {@code gzip}. Never reused for another coding. It says
   * how to decode; settings such as a level are no part of it.
   */
  String id();

  /** What the coding adds to a file's name, with the dot: {@code .gz}. */
  String extension();

  /** A shell command that decodes standard input to standard output, such as {@code gunzip -c}. */
  String decodeCommand();

  /**
   * Wraps {@code sink} so that bytes written are encoded into it. Closing the returned stream
   * completes the coding and closes {@code sink}; without a close the coding is not complete, and
   * decoding what was written fails. A failure to write to {@code sink} surfaces at the latest on
   * close. The stream frees its threads and native memory when closed, also after a failure.
   *
   * @throws UnsupportedOperationException if this is an {@link #archive()}
   */
  OutputStream encode(OutputStream sink) throws IOException;

  /**
   * Wraps {@code source} so that reading yields the plain bytes. Reading throws an {@link
   * IOException} when the coding is damaged, cut short or followed by foreign bytes. Closing the
   * returned stream closes {@code source}.
   *
   * <p>Once the plain bytes have ended, {@code source} has been read to its end. It may be read by
   * a thread of the codec's, which has ended by then; a failure of {@code source} is thrown as it
   * is.
   */
  InputStream decode(InputStream source) throws IOException;

  /**
   * Whether this is no coding of bytes but a form in which PostgreSQL's tools write, turned into
   * SQL by one of them. It is only read, comes first in a chain, and needs no plain SQL before it.
   * Its plain bytes may differ from one version of the tool to another, in comments and the like,
   * so that not their digest but the contents' fingerprint tells whether they are as they were.
   */
  default boolean archive() {
    return false;
  }

  /**
   * Whether bytes that begin so are in this coding. To find out how somebody else's file is coded;
   * its name says nothing.
   *
   * @param head the first bytes, 4096 of them unless there are fewer
   */
  default boolean recognises(byte[] head) {
    return false;
  }
}
