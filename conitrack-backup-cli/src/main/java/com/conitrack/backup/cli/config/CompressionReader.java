package com.conitrack.backup.cli.config;

import com.conitrack.backup.cli.config.CompressionConfig.Codec;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads {@code compression}, which may be a codec's name alone. */
final class CompressionReader {
  private static final Map<String, Codec> CODECS =
      Arrays.stream(Codec.values()).collect(Collectors.toMap(Codec::word, Function.identity()));

  private CompressionReader() {}

  static CompressionConfig read(Section top) {
    if (top.hasScalar("compression")) {
      return usual(top.choice("compression", CODECS));
    }
    Section compression = top.section("compression", ConfigKeys.COMPRESSION);
    if (compression == null) {
      return CompressionConfig.DEFAULT;
    }
    CompressionConfig usual = usual(compression.choice("codec", CODECS));
    Integer level = compression.number("level");
    return level == null ? usual : withLevel(compression, usual.codec(), level);
  }

  private static CompressionConfig usual(@Nullable Codec codec) {
    return codec == null ? CompressionConfig.DEFAULT : new CompressionConfig(codec, codec.usual);
  }

  private static CompressionConfig withLevel(Section compression, Codec codec, int level) {
    if (level < codec.least || level > codec.most) {
      compression.problem(
          "level",
          codec.word() + " has no level " + level,
          codec == Codec.NONE
              ? "remove the key"
              : "choose one from " + codec.least + " to " + codec.most);
      return usual(codec);
    }
    return new CompressionConfig(codec, level);
  }
}
