package com.conitrack.backup.spring;

import com.conitrack.backup.codec.ZstdCodec;
import com.conitrack.backup.core.port.StreamCodec;

/** Zstandard, where its module is on the class path. */
final class ZstdSupport {
  private ZstdSupport() {}

  static StreamCodec usual() {
    return ZstdCodec.create();
  }

  static StreamCodec level(int level) {
    return ZstdCodec.level(level);
  }
}
