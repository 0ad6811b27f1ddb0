package com.conitrack.backup.core.manifest;

import com.conitrack.backup.core.json.RecordDocument;
import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.StoredDump;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Writes and reads manifests. The members of the JSON are the components of {@link Manifest} and of
 * the records in it, under their names and in their order; {@code docs/formats.md} explains each.
 * Equal manifests give equal bytes. Safe for use by many threads.
 */
public final class ManifestJson {
  /** What {@code format} says. */
  static final String FORMAT = "conitrack-backup-manifest";

  /** The version written, and the newest that is read. */
  static final int VERSION = 1;

  private static final RecordDocument<Manifest> DOCUMENT =
      new RecordDocument<>(FORMAT, VERSION, Manifest.class, "the manifest");

  private ManifestJson() {}

  /** The manifest as indented UTF-8, ending with a newline. */
  public static byte[] write(Manifest manifest) {
    return DOCUMENT.write(manifest);
  }

  /**
   * The same, with a member {@code restore} that tells a person without this software how to check
   * the dump and load it. It is ignored on reading.
   *
   * @param decodeCommand a shell command that writes the plain dump to standard output, to be run
   *     where the dump lies, such as {@code gunzip -c backup.sql.gz}
   */
  public static byte[] write(Manifest manifest, String decodeCommand) {
    ObjectNode tree = DOCUMENT.tree(manifest);
    ObjectNode restore = tree.putObject("restore");
    restore.put("check", checkCommand(manifest.dump()));
    restore.put(
        "load",
        decodeCommand
            + " | psql -X --no-password -v ON_ERROR_STOP=1 --single-transaction -d NEW_DATABASE");
    restore.put(
        "note",
        "check first: psql commits what it got of a dump that was cut short, and reports success");
    return RecordDocument.bytes(tree);
  }

  /**
   * Reads a manifest. Members unknown to this version are ignored.
   *
   * @throws BackupException kind {@code DAMAGED}, telling what is wrong, if the bytes are not a
   *     whole manifest; kind {@code CONFIGURATION} if a newer version of the software wrote it
   */
  public static Manifest read(byte[] bytes) {
    return DOCUMENT.read(bytes);
  }

  private static String checkCommand(StoredDump dump) {
    String file = dump.key().substring(dump.key().lastIndexOf('/') + 1);
    return "echo '" + dump.stored().sha256() + "  " + file + "' | sha256sum -c";
  }
}
