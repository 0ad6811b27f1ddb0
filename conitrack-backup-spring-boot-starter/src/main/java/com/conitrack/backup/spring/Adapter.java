package com.conitrack.backup.spring;

import org.springframework.util.ClassUtils;

/** The modules that an application adds only if it uses them. */
enum Adapter {
  FILESYSTEM("conitrack-backup-storage-fs", "com.conitrack.backup.storage.fs.FileSystemStorage"),
  S3("conitrack-backup-storage-r2", "com.conitrack.backup.storage.r2.S3Storage"),
  GCS("conitrack-backup-storage-gcs", "com.conitrack.backup.storage.gcs.GcsStorage"),
  ZSTD("conitrack-backup-codec-native", "com.conitrack.backup.codec.ZstdCodec");

  private final String artifact;
  private final String type;

  Adapter(String artifact, String type) {
    this.artifact = artifact;
    this.type = type;
  }

  boolean present() {
    return ClassUtils.isPresent(type, null);
  }

  void tellAbsent(String key, String value, SettingProblems problems) {
    problems.add(
        key,
        "'" + value + "' needs the module " + artifact + ", which is not on the class path",
        "add the dependency com.conitrack.backup:" + artifact);
  }
}
