package com.conitrack.backup.core.json;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.conitrack.backup.core.model.BackupId;
import com.conitrack.backup.core.model.Sha256;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** How the model's records become JSON. */
final class RecordMapper {
  private RecordMapper() {}

  static ObjectMapper create() {
    return JsonMapper.builder()
        // Methods such as DumpScope.isWhole() are no part of the record's state.
        .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .defaultPropertyInclusion(JsonInclude.Value.construct(NON_NULL, NON_NULL))
        .defaultPrettyPrinter(unixLines())
        .addModule(textValues())
        .build();
  }

  private static DefaultPrettyPrinter unixLines() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    return new DefaultPrettyPrinter().withObjectIndenter(indenter);
  }

  private static SimpleModule textValues() {
    return new SimpleModule("conitrack-backup")
        .addSerializer(Sha256.class, ToStringSerializer.instance)
        .addSerializer(BackupId.class, ToStringSerializer.instance)
        .addSerializer(Instant.class, ToStringSerializer.instance)
        .addSerializer(Duration.class, ToStringSerializer.instance)
        .addDeserializer(Sha256.class, new TextValue<>(Sha256.class, Sha256::new))
        .addDeserializer(BackupId.class, new TextValue<>(BackupId.class, BackupId::new))
        .addDeserializer(Instant.class, new TextValue<>(Instant.class, Instant::parse))
        .addDeserializer(Duration.class, new TextValue<>(Duration.class, Duration::parse));
  }

  /** A value that stands in JSON as one string. */
  private static final class TextValue<T> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final transient Function<String, T> parse;

    TextValue(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        throw context.wrongTokenException(parser, handledType(), JsonToken.VALUE_STRING, null);
      }
      String text = parser.getText();
      try {
        return parse.apply(text);
      } catch (RuntimeException e) {
        throw context.weirdStringException(text, handledType(), e.getMessage());
      }
    }
  }
}
