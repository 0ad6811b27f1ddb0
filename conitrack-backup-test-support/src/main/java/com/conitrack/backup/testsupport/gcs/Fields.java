package com.conitrack.backup.testsupport.gcs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Partial responses, {@code fields=items(name,size),nextPageToken}; what was not asked for is not
 * answered. See https://cloud.google.com/storage/docs/json_api#partial-response.
 */
final class Fields {
  private final String text;
  private int position;

  private Fields(String text) {
    this.text = text;
  }

  /** What of the answer was asked for; null asks for all. */
  static JsonNode select(JsonNode answer, @Nullable String fields) {
    return fields == null ? answer : select(answer, new Fields(fields).parse());
  }

  private record Wanted(Map<String, Wanted> members) {}

  private Wanted parse() {
    Wanted wanted = new Wanted(new LinkedHashMap<>());
    while (position < text.length() && text.charAt(position) != ')') {
      one(wanted);
      if (hasNext(',')) {
        position++;
      }
    }
    return wanted;
  }

  /** {@code name}, {@code name/below} or {@code name(some,of,it)}. */
  private void one(Wanted above) {
    Wanted wanted =
        above.members().computeIfAbsent(name(), name -> new Wanted(new LinkedHashMap<>()));
    if (hasNext('/')) {
      position++;
      one(wanted);
    } else if (hasNext('(')) {
      position++;
      wanted.members().putAll(parse().members());
      position++;
    }
  }

  private boolean hasNext(char next) {
    return position < text.length() && text.charAt(position) == next;
  }

  private String name() {
    int start = position;
    while (position < text.length() && ",()/".indexOf(text.charAt(position)) < 0) {
      position++;
    }
    if (start == position) {
      throw Refusal.invalid("Invalid field selection " + text);
    }
    return text.substring(start, position);
  }

  private static JsonNode select(JsonNode node, Wanted wanted) {
    if (wanted.members().isEmpty()) {
      return node;
    }
    if (node.isArray()) {
      ArrayNode selected = JsonNodeFactory.instance.arrayNode();
      node.forEach(item -> selected.add(select(item, wanted)));
      return selected;
    }
    ObjectNode selected = JsonNodeFactory.instance.objectNode();
    wanted
        .members()
        .forEach(
            (name, below) -> {
              if (node.has(name)) {
                selected.set(name, select(node.get(name), below));
              }
            });
    return selected;
  }
}
