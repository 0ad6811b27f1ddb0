package com.conitrack.backup.codec;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.port.StreamCodec;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.util.Native;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Zstandard (RFC 8878): one frame with a content checksum. Faster than gzip and smaller. Decoding
 * also takes several frames one after another, as other tools write them.
 *
 * <p>Each encoder or decoder keeps about half a megabyte of buffers and what the level asks of the
 * native library (a few megabytes at the default level, up to about 130 MB at 19), outside the Java
 * heap, until it is closed.
 */
public final class ZstdCodec implements StreamCodec {
  /** The level the {@code zstd} tool uses by default. */
  public static final int DEFAULT_LEVEL = 3;

  private static final int LEAST_LEVEL = 1;
  private static final int GREATEST_LEVEL = 19;

  private final int level;
  private final int workers;

  private ZstdCodec(int level, int workers) {
    this.level = level;
    this.workers = workers;
  }

  /**
   * A codec at {@link #DEFAULT_LEVEL}.
   *
   * @throws BackupException as {@link #level}
   */
  public static ZstdCodec create() {
    return level(DEFAULT_LEVEL);
  }

  /**
   * A codec of a given level.
   *
   * @param level from 1, the fastest, to 19, the smallest
   * @throws BackupException kind {@code CONFIGURATION} if the level is out of range, {@code TOOL}
   *     if the native library cannot be loaded
   */
  public static ZstdCodec level(int level) {
    if (level < LEAST_LEVEL || level > GREATEST_LEVEL) {
      throw new BackupException(
          ErrorKind.CONFIGURATION,
          "unable to compress with zstd at level " + level,
          "there is no such level",
          "choose one from " + LEAST_LEVEL + " (fastest) to " + GREATEST_LEVEL + " (smallest)");
    }
    loadLibrary();
    return new ZstdCodec(level, defaultWorkers());
  }

  @Override
  public String id() {
    return "zstd";
  }

  @Override
  public String extension() {
    return ".zst";
  }

  @Override
  public String decodeCommand() {
    return "zstd -dc";
  }

  @Override
  public OutputStream encode(OutputStream sink) {
    return new ZstdEncoder(sink, level, workers);
  }

  /** RFC 8878, 3.1.1: the magic number of a frame. */
  @Override
  public boolean recognises(byte[] head) {
    return head.length >= 4
        && head[0] == 0x28
        && head[1] == (byte) 0xb5
        && head[2] == 0x2f
        && head[3] == (byte) 0xfd;
  }

  @Override
  public InputStream decode(InputStream source) {
    return new ZstdDecoder(source);
  }

  /** Its id and level. */
  @Override
  public String toString() {
    return id() + " level " + level;
  }

  /** For measuring what threads bring. */
  static ZstdCodec withWorkers(int level, int workers) {
    return new ZstdCodec(level, workers);
  }

  private static int defaultWorkers() {
    int processors = Runtime.getRuntime().availableProcessors();
    return processors > 1 ? Math.min(processors, 4) : 0;
  }

  private static void loadLibrary() {
    try {
      Native.load();
      Zstd.defaultCompressionLevel();
    } catch (LinkageError e) {
      throw new BackupException(
          ErrorKind.TOOL,
          "unable to load the native library of zstd",
          String.valueOf(e.getMessage()),
          "let it be unpacked where programs may run: -DZstdTempFolder=/some/directory; or use gzip",
          e);
    }
  }
}
