package com.conitrack.backup.core.json;

import com.conitrack.backup.core.model.BackupException;
import com.conitrack.backup.core.model.ErrorKind;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A record as one JSON object: {@code format} and {@code version}, then the record's components
 * under their names and in their order. Equal records give equal bytes. Safe for use by many
 * threads.
 *
 * @param <T> the record
 */
public final class RecordDocument<T extends Record> {
  private static final ObjectMapper MAPPER = RecordMapper.create();

  private final String format;
  private final int version;
  private final Class<T> type;
  private final String what;
  private final @Nullable String hint;

  /**
   * @param format what {@code format} says
   * @param version the version written, and the newest that is read
   * @param what the document in words, such as {@code the manifest}
   */
  public RecordDocument(String format, int version, Class<T> type, String what) {
    this(format, version, type, what, null);
  }

  /**
   * The same for a document that people hand over.
   *
   * @param hint what to do about one that cannot be read
   */
  public RecordDocument(
      String format, int version, Class<T> type, String what, @Nullable String hint) {
    this.format = format;
    this.version = version;
    this.type = type;
    this.what = what;
    this.hint = hint;
  }

  /** The record as indented UTF-8, ending with a newline. */
  public byte[] write(T value) {
    return bytes(tree(value));
  }

  /** The same before it becomes text, for further members; those are ignored on reading. */
  public ObjectNode tree(T value) {
    ObjectNode tree = MAPPER.createObjectNode();
    tree.put("format", format);
    tree.put("version", version);
    tree.setAll(MAPPER.<ObjectNode>valueToTree(value));
    return tree;
  }

  /** A tree as indented UTF-8, ending with a newline. */
  public static byte[] bytes(ObjectNode tree) {
    try {
      return (MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n")
          .getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of text and numbers was not written", e);
    }
  }

  /**
   * Reads a document. Members unknown to this version are ignored.
   *
   * @throws BackupException kind {@code DAMAGED}, telling what is wrong, if the bytes are not a
   *     whole document of this format; kind {@code CONFIGURATION} if a newer version of the
   *     software wrote it
   */
  public T read(byte[] bytes) {
    try {
      JsonNode tree = MAPPER.readTree(bytes);
      requireFormat(tree);
      RequiredMembers.check(tree, type);
      return MAPPER.treeToValue(tree, type);
    } catch (JsonProcessingException e) {
      throw damaged(e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw damaged(String.valueOf(e.getMessage()), e);
    }
  }

  private void requireFormat(JsonNode tree) {
    if (!format.equals(tree.path("format").asText())) {
      throw damaged("it does not say \"format\": \"" + format + "\"", null);
    }
    JsonNode found = tree.path("version");
    if (!found.isIntegralNumber() || found.asLong() < 1) {
      throw damaged("it has no valid \"version\"", null);
    }
    if (found.asLong() > version) {
      throw new BackupException(
          ErrorKind.CONFIGURATION,
          "unable to read " + what,
          "its format version is " + found.asText() + ", this software knows up to " + version,
          "use the version of conitrack-backup that wrote it, or a newer one");
    }
  }

  private BackupException damaged(String why, @Nullable Throwable cause) {
    return new BackupException(ErrorKind.DAMAGED, "unable to read " + what, why, hint, cause);
  }
}
