package com.conitrack.backup.core.manifest;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.conitrack.backup.core.model.Manifest;
import com.conitrack.backup.core.model.StoredDump;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

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

  private static final ObjectMapper MAPPER = ManifestMapper.create();

  private ManifestJson() {}

  /** The manifest as indented UTF-8, ending with a newline. */
  public static byte[] write(Manifest manifest) {
    return bytes(tree(manifest));
  }

  /**
   * The same, with a member {@code restore} that tells a person without this software how to check
   * the dump and load it. It is ignored on reading.
   *
   * @param decodeCommand a shell command that writes the plain dump to standard output, to be run
   *     where the dump lies, such as {@code gunzip -c backup.sql.gz}
   */
  public static byte[] write(Manifest manifest, String decodeCommand) {
    ObjectNode tree = tree(manifest);
    ObjectNode restore = tree.putObject("restore");
    restore.put("check", checkCommand(manifest.dump()));
    restore.put(
        "load",
        decodeCommand
            + " | psql -X --no-password -v ON_ERROR_STOP=1 --single-transaction -d NEW_DATABASE");
    restore.put(
        "note",
        "check first: psql commits what it got of a dump that was cut short, and reports success");
    return bytes(tree);
  }

  /**
   * Reads a manifest. Members unknown to this version are ignored.
   *
   * @throws BackupException kind {@code DAMAGED}, telling what is wrong, if the bytes are not a
   *     whole manifest; kind {@code CONFIGURATION} if a newer version of the software wrote it
   */
  public static Manifest read(byte[] bytes) {
    try {
      JsonNode tree = MAPPER.readTree(bytes);
      requireFormat(tree);
      RequiredMembers.check(tree, Manifest.class);
      return MAPPER.treeToValue(tree, Manifest.class);
    } catch (JsonProcessingException e) {
      throw damaged(e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  private static ObjectNode tree(Manifest manifest) {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("format", FORMAT);
    tree.put("version", VERSION);
    tree.setAll(MAPPER.<ObjectNode>valueToTree(manifest));
    return tree;
  }

  private static byte[] bytes(ObjectNode tree) {
    try {
      return (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of text and numbers was not written", e);
    }
  }

  private static String checkCommand(StoredDump dump) {
    String file = dump.key().substring(dump.key().lastIndexOf('/') + 1);
    return "echo '" + dump.stored().sha256() + "  " + file + "' | sha256sum -c";
  }

  private static void requireFormat(JsonNode tree) {
    if (!FORMAT.equals(tree.path("format").asText())) {
      throw damaged("it does not say \"format\": \"" + FORMAT + "\"", null);
    }
    JsonNode version = tree.path("version");
    if (!version.isIntegralNumber() || version.asLong() < 1) {
      throw damaged("it has no valid \"version\"", null);
    }
    if (version.asLong() > VERSION) {
      throw new BackupException(
          ErrorKind.CONFIGURATION,
          "unable to read the manifest",
          "its format version is " + version.asText() + ", this software knows up to " + VERSION,
          "use the version of conitrack-backup that wrote it, or a newer one");
    }
  }

  private static BackupException damaged(String why, @Nullable Throwable cause) {
    return new BackupException(ErrorKind.DAMAGED, "unable to read the manifest", why, null, cause);
  }
}
