package com.conitrack.backup.cli.config;

import com.conitrack.backup.codec.ZstdCodec;
import com.conitrack.backup.core.codec.GzipCodec;
import com.conitrack.backup.core.port.StreamCodec;
import java.util.List;
import java.util.Locale;

/**
 * How dumps are compressed.
 *
 * @param codec with what
 * @param level how hard, in the codec's own numbers; 0 for none
 */
public record CompressionConfig(Codec codec, int level) {
  static final CompressionConfig DEFAULT = new CompressionConfig(Codec.GZIP, 1);

  /** The codecs for new dumps. */
  public List<StreamCodec> codecs() {
    return switch (codec) {
      case GZIP -> List.of(level == 1 ? GzipCodec.fast() : GzipCodec.level(level));
      case ZSTD -> List.of(ZstdCodec.level(level));
      case NONE -> List.of();
    };
  }

  /** Such as {@code gzip, level 1}. */
  @Override
  public String toString() {
    return codec == Codec.NONE ? codec.word() : codec.word() + ", level " + level;
  }

  /** With what. */
  public enum Codec {
    /** Plain {@code .sql.gz}. */
    GZIP(1, 9, 1),
    /** Plain {@code .sql.zst}. */
    ZSTD(1, 19, 3),
    /** Not at all: {@code .sql}. */
    NONE(0, 0, 0);

    final int least;
    final int most;
    final int usual;

    Codec(int least, int most, int usual) {
      this.least = least;
      this.most = most;
      this.usual = usual;
    }

    /** As the file spells it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
