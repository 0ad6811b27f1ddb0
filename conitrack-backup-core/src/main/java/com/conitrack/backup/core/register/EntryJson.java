package com.conitrack.backup.core.register;

import com.conitrack.backup.core.model.Actor;
import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.RegisterEntry;
import com.conitrack.backup.core.model.RegisterEvent;
import com.conitrack.backup.core.model.Sha256;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry's bytes: one JSON object on one line. Its last member is the digest of the bytes before
 * that member, so that an edit shows without the next entry.
 */
final class EntryJson {
  static final String FORMAT = "conitrack-register";
  static final int VERSION = 1;

  private static final String DIGEST = ",\"digest\":\"";
  private static final String END = "\"}\n";
  private static final int SUFFIX_LENGTH = DIGEST.length() + 64 + END.length();

  private static final Pattern SUFFIX = Pattern.compile(DIGEST + "[0-9a-f]{64}\"}\n");

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private EntryJson() {}

  static byte[] write(long sequence, @Nullable Sha256 previous, RegisterEntry entry) {
    String body = body(sequence, previous, entry);
    String digest = Sha256.of(body.getBytes(StandardCharsets.UTF_8)).hex();
    return (body + DIGEST + digest + END).getBytes(StandardCharsets.UTF_8);
  }

  /** The object up to the digest, without its closing brace. */
  private static String body(long sequence, @Nullable Sha256 previous, RegisterEntry entry) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeNumberField("version", VERSION);
      json.writeNumberField("sequence", sequence);
      json.writeStringField("previous", previous == null ? null : previous.hex());
      writeMembers(json, entry);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String object = text.toString();
    return object.substring(0, object.length() - 1);
  }

  private static void writeMembers(JsonGenerator json, RegisterEntry entry) throws IOException {
    BackupId backup = entry.backup();
    json.writeStringField("id", entry.id());
    json.writeStringField("at", entry.at().toString());
    json.writeStringField("event", entry.event().name());
    json.writeStringField("outcome", entry.outcome());
    json.writeObjectFieldStart("actor");
    json.writeStringField("name", entry.actor().name());
    json.writeStringField("host", entry.actor().host());
    json.writeStringField("software", entry.actor().software());
    json.writeEndObject();
    json.writeStringField("backup", backup == null ? null : backup.value());
    json.writeStringField("storage", entry.storage());
    json.writeObjectFieldStart("details");
    for (Map.Entry<String, String> detail : entry.details().entrySet()) {
      json.writeStringField(detail.getKey(), detail.getValue());
    }
    json.writeEndObject();
  }

  /**
   * Reads the entry that should be number {@code sequence}.
   *
   * @throws BadEntryException if the bytes are not an unaltered entry of that number
   */
  static ChainedEntry read(long sequence, byte[] bytes) throws BadEntryException {
    requireDigest(bytes);
    try {
      JsonNode json = MAPPER.readTree(bytes);
      requireVersion(json);
      requireSequence(json, sequence);
      String previous = optionalText(json, "previous");
      return new ChainedEntry(
          sequence, Sha256.of(bytes), previous == null ? null : new Sha256(previous), entry(json));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new BadEntryException(
          RegisterFinding.Kind.UNPARSEABLE, "is no register entry: " + firstLine(e));
    }
  }

  private static void requireDigest(byte[] bytes) throws BadEntryException {
    int bodyLength = bytes.length - SUFFIX_LENGTH;
    String suffix =
        bodyLength < 0
            ? ""
            : new String(bytes, bodyLength, SUFFIX_LENGTH, StandardCharsets.ISO_8859_1);
    if (!SUFFIX.matcher(suffix).matches()) {
      throw new BadEntryException(
          RegisterFinding.Kind.ALTERED,
          "was altered or cut short: it does not end with its digest");
    }
    byte[] body = Arrays.copyOf(bytes, bodyLength);
    String digest = suffix.substring(DIGEST.length(), DIGEST.length() + 64);
    if (!Sha256.of(body).hex().equals(digest)) {
      throw new BadEntryException(
          RegisterFinding.Kind.ALTERED, "was altered: its bytes do not give its digest");
    }
  }

  private static void requireVersion(JsonNode json) throws BadEntryException {
    if (!FORMAT.equals(json.path("format").asText())) {
      throw new IllegalArgumentException("it does not say \"format\":\"" + FORMAT + "\"");
    }
    if (json.path("version").asInt() > VERSION) {
      throw new BadEntryException(
          RegisterFinding.Kind.NEWER_FORMAT,
          "has format version "
              + json.path("version").asText()
              + ", this software knows up to "
              + VERSION
              + ": use the version of conitrack-backup that wrote it");
    }
  }

  private static void requireSequence(JsonNode json, long sequence) throws BadEntryException {
    long found = json.path("sequence").asLong();
    if (found != sequence) {
      throw new BadEntryException(
          RegisterFinding.Kind.REPLACED,
          "holds entry number " + found + ": it was moved or copied there");
    }
  }

  private static RegisterEntry entry(JsonNode json) {
    String backup = optionalText(json, "backup");
    JsonNode actor = json.path("actor");
    return new RegisterEntry(
        text(json, "id"),
        Instant.parse(text(json, "at")),
        RegisterEvent.valueOf(text(json, "event")),
        text(json, "outcome"),
        new Actor(text(actor, "name"), text(actor, "host"), text(actor, "software")),
        backup == null ? null : new BackupId(backup),
        optionalText(json, "storage"),
        details(json.path("details")));
  }

  private static SortedMap<String, String> details(JsonNode json) {
    SortedMap<String, String> details = new TreeMap<>();
    json.fieldNames().forEachRemaining(name -> details.put(name, text(json, name)));
    return details;
  }

  private static String text(JsonNode json, String name) {
    String text = optionalText(json, name);
    if (text == null) {
      throw new IllegalArgumentException("'" + name + "' is missing");
    }
    return text;
  }

  private static @Nullable String optionalText(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isTextual() ? value.asText() : null;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** The bytes are no unaltered entry. The message continues a sentence that names the key. */
  static final class BadEntryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final RegisterFinding.Kind kind;

    BadEntryException(RegisterFinding.Kind kind, String message) {
      super(message);
      this.kind = kind;
    }

    RegisterFinding.Kind kind() {
      return kind;
    }
  }
}
