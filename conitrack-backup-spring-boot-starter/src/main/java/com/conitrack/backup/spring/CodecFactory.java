package com.conitrack.backup.spring;

import com.conitrack.backup.core.codec.GzipCodec;
import com.conitrack.backup.core.port.StreamCodec;
import com.conitrack.backup.spring.properties.CompressionProperties;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Codecs out of the settings. */
final class CodecFactory {
  private static final String KEY = "compression.level";

  private CodecFactory() {}

  static List<StreamCodec> codecs(
      @Nullable CompressionProperties compression, SettingProblems problems) {
    String codec = compression == null ? null : compression.codec();
    Integer level = compression == null ? null : compression.level();
    switch (codec == null ? "gzip" : codec) {
      case "gzip":
        return within(level == null ? 1 : level, 9, problems)
            ? List.of(level == null || level == 1 ? GzipCodec.fast() : GzipCodec.level(level))
            : List.of();
      case "zstd":
        return zstd(level == null ? 3 : level, problems);
      case "none":
        if (level != null) {
          problems.add(KEY, "none has no level", "remove the key");
        }
        return List.of();
      default:
        problems.add("compression.codec", "it is not known", "choose one of: gzip, none, zstd");
        return List.of();
    }
  }

  private static List<StreamCodec> zstd(int level, SettingProblems problems) {
    if (!Adapter.ZSTD.present()) {
      Adapter.ZSTD.tellAbsent("compression.codec", "zstd", problems);
      return List.of();
    }
    return within(level, 19, problems) ? List.of(ZstdSupport.level(level)) : List.of();
  }

  private static boolean within(int level, int most, SettingProblems problems) {
    if (level < 1 || level > most) {
      problems.add(KEY, "there is no level " + level, "choose one from 1 to " + most);
      return false;
    }
    return true;
  }
}
