package com.conitrack.backup.core.codec;

import com.conitrack.backup.core.port.StreamCodec;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Gzip (RFC 1952), written on all cores as independent members of 256 KiB of plain bytes each,
 * which together are one ordinary {@code .gz} file (RFC 1952, 2.2). Memory: about 0.8 MiB for each
 * block under way, at most two blocks for each worker.
 *
 * <p>A file cut exactly between two members would be a shorter but faultless one. So every member
 * but the last, which is empty, carries an extra field {@code CB} with its own size (four bytes,
 * least significant first): it says that another member follows, and decoding fails if none does.
 * Other tools ignore the field; files of other tools, without it, are decoded as well.
 */
public final class GzipCodec implements StreamCodec {
  private static final int DEFAULT_LEVEL = 1;

  private final int level;
  private final int workers;

  private GzipCodec(int level, int workers) {
    this.level = level;
    this.workers = workers;
  }

  /**
   * Level 1, on all cores: about four times as fast as level 6 for a file about a tenth larger.
   * Compression is then rarely what a backup waits for.
   */
  public static GzipCodec fast() {
    return level(DEFAULT_LEVEL);
  }

  /**
   * A chosen level, on all cores but no more than eight.
   *
   * @param level 1 (fastest) to 9 (smallest)
   * @throws IllegalArgumentException for any other level
   */
  public static GzipCodec level(int level) {
    if (level < 1 || level > 9) {
      throw new IllegalArgumentException("a gzip level is 1 to 9, not " + level);
    }
    return new GzipCodec(level, Math.min(8, Runtime.getRuntime().availableProcessors()));
  }

  @Override
  public String id() {
    return "gzip";
  }

  @Override
  public String extension() {
    return ".gz";
  }

  @Override
  public String decodeCommand() {
    return "gunzip -c";
  }

  @Override
  public OutputStream encode(OutputStream sink) {
    return new GzipEncoder(sink, level, workers);
  }

  /** RFC 1952, 2.3.1: two bytes to identify it, and the one method of compression there is. */
  @Override
  public boolean recognises(byte[] head) {
    return head.length > 2 && head[0] == 0x1f && head[1] == (byte) 0x8b && head[2] == 8;
  }

  @Override
  public InputStream decode(InputStream source) {
    return new GzipDecoder(source);
  }
}
