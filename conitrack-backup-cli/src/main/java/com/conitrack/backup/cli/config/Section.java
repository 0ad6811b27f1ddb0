package com.conitrack.backup.cli.config;

import com.conitrack.backup.cli.config.Interpolation.BadReferenceException;
import com.conitrack.backup.core.policy.Units;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * One mapping of the file with the keys it may have. What is wrong becomes a problem of the
 * reading, and the value then counts as not given, so that everything wrong is found in one go.
 */
final class Section {
  private final Reading reading;
  private final String path;
  private final Position at;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final Map<String, Position> places = new LinkedHashMap<>();

  private Section(Reading reading, String path, Position at) {
    this.reading = reading;
    this.path = path;
    this.at = at;
  }

  /** The whole file. Without a root, a section in which nothing is given. */
  static Section root(Reading reading, @Nullable Node node, List<String> known) {
    if (node == null || YamlTree.isEmpty(node)) {
      return new Section(reading, "", Position.START);
    }
    return of(reading, "", node, known).orElseGet(() -> new Section(reading, "", Position.START));
  }

  private static Optional<Section> of(
      Reading reading, String path, Node node, @Nullable List<String> known) {
    Position at = Position.of(node.getStartMark());
    if (!(node instanceof MappingNode mapping)) {
      String message = "keys and values are wanted, but " + YamlTree.kind(node);
      reading.problem(at, path, message, "indent its keys below it");
      return Optional.empty();
    }
    Section section = new Section(reading, path, at);
    mapping.getValue().forEach(tuple -> section.add(tuple, known));
    return Optional.of(section);
  }

  private void add(NodeTuple tuple, @Nullable List<String> known) {
    Position place = Position.of(tuple.getKeyNode().getStartMark());
    if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
      reading.problem(place, path, "a key must be a single word", null);
      return;
    }
    String key = keyNode.getValue();
    Position former = places.putIfAbsent(key, place);
    if (known != null && !known.contains(key)) {
      reading.problem(place, pathOf(key), "unknown key", meant(key, known));
    } else if (former != null) {
      String message = "this key is given twice, first on line " + former.line();
      reading.problem(place, pathOf(key), message, "remove one of the two");
    } else {
      values.put(key, tuple.getValueNode());
      reading.remember(pathOf(key), place);
    }
  }

  private static String meant(String key, List<String> known) {
    return Suggestion.nearest(key, known)
        .map(word -> "did you mean '" + word + "'?")
        .orElse("known here: " + String.join(", ", known));
  }

  String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  Reading reading() {
    return reading;
  }

  boolean has(String key) {
    return values.containsKey(key);
  }

  /** Whether a single value, not keys or a list, is given. */
  boolean hasScalar(String key) {
    return values.get(key) instanceof ScalarNode;
  }

  boolean isEmptyList(String key) {
    return values.get(key) instanceof SequenceNode list && list.getValue().isEmpty();
  }

  /** Something is wrong with a key, or with this section for lack of it. */
  void problem(String key, String message, @Nullable String remedy) {
    reading.problem(places.getOrDefault(key, at), pathOf(key), message, remedy);
  }

  /** The same, at the value. */
  void problem(String key, Scalar value, String message, @Nullable String remedy) {
    reading.problem(value.at(), pathOf(key), message, remedy);
  }

  @Nullable Scalar scalar(String key) {
    Node node = values.get(key);
    return node == null ? null : scalar(pathOf(key), node);
  }

  private @Nullable Scalar scalar(String whole, Node node) {
    Position place = Position.of(node.getStartMark());
    if (!(node instanceof ScalarNode scalar) || YamlTree.isEmpty(node)) {
      String message = "a single value is wanted, but " + YamlTree.kind(node);
      String remedy = YamlTree.isEmpty(node) ? "give one or remove the key" : null;
      reading.problem(place, whole, message, remedy);
      return null;
    }
    try {
      String value = reading.interpolation().apply(scalar.getValue());
      return new Scalar(scalar.getValue(), value, place);
    } catch (BadReferenceException e) {
      reading.problem(place, whole, e.message(), e.remedy());
      return null;
    }
  }

  @Nullable String text(String key) {
    Scalar scalar = scalar(key);
    if (scalar != null && scalar.value().isBlank()) {
      problem(key, scalar, "the value is blank", "give one or remove the key");
      return null;
    }
    return scalar == null ? null : scalar.value();
  }

  @Nullable Path file(String key) {
    String text = text(key);
    return text == null ? null : reading.resolve(text);
  }

  @Nullable Duration duration(String key) {
    return parse(key, Units::duration, "is no duration", "write it like 7d, 4h30m or PT4H");
  }

  @Nullable Integer number(String key) {
    return parse(key, Section::integer, "is no whole number", "write digits alone, such as 26");
  }

  @Nullable Long bytes(String key) {
    return parse(key, Units::bytes, "is no size", "write it like 4096, 10KiB or 2MiB");
  }

  @Nullable Double fraction(String key) {
    return parse(key, Units::fraction, "is no fraction", "write it like 0.2 or 20%");
  }

  @Nullable Long count(String key) {
    return parse(
        key, Section::wholeNumber, "is no whole number", "write digits alone, such as 1000");
  }

  @Nullable Boolean flag(String key) {
    return choice(key, Map.of("true", true, "false", false));
  }

  @Nullable ZoneId zone(String key) {
    return parse(
        key,
        Section::zoneOf,
        "is no time zone",
        "write it like UTC, Europe/Madrid or America/Argentina/Buenos_Aires");
  }

  /** A value out of a few. */
  <T extends Object> @Nullable T choice(String key, Map<String, T> choices) {
    Scalar scalar = scalar(key);
    if (scalar == null) {
      return null;
    }
    T chosen = choices.get(scalar.value());
    if (chosen == null) {
      String all = String.join(", ", choices.keySet().stream().sorted().toList());
      problem(key, scalar, scalar.quoted() + " is not known here", "choose one of: " + all);
    }
    return chosen;
  }

  private <T extends Object> @Nullable T parse(
      String key, Function<String, Optional<T>> parser, String isNo, String remedy) {
    Scalar scalar = scalar(key);
    if (scalar == null) {
      return null;
    }
    T value = parser.apply(scalar.value()).orElse(null);
    if (value == null) {
      problem(key, scalar, scalar.quoted() + " " + isNo, remedy);
    }
    return value;
  }

  private static Optional<Integer> integer(String text) {
    return wholeNumber(text).filter(n -> n == n.intValue()).map(Long::intValue);
  }

  private static Optional<Long> wholeNumber(String text) {
    try {
      return Optional.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<ZoneId> zoneOf(String text) {
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** A list of single values; empty if the key is not given. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    int index = 0;
    for (Node item : items(key)) {
      Scalar scalar = scalar(pathOf(key) + "[" + index++ + "]", item);
      if (scalar != null) {
        texts.add(scalar.value());
      }
    }
    return texts;
  }

  /** A list of mappings whose keys are not checked yet; empty if the key is not given. */
  List<Section> sections(String key) {
    List<Section> sections = new ArrayList<>();
    int index = 0;
    for (Node item : items(key)) {
      of(reading, pathOf(key) + "[" + index++ + "]", item, null).ifPresent(sections::add);
    }
    return sections;
  }

  private List<Node> items(String key) {
    Node node = values.get(key);
    if (node instanceof SequenceNode list) {
      return list.getValue();
    }
    if (node != null) {
      String remedy = "start each item on a line of its own with '- '";
      reading.problem(
          Position.of(node.getStartMark()),
          pathOf(key),
          "a list is wanted, but " + YamlTree.kind(node),
          remedy);
    }
    return List.of();
  }

  /** A mapping with these keys; null if it is not given. */
  @Nullable Section section(String key, List<String> known) {
    Node node = values.get(key);
    return node == null ? null : of(reading, pathOf(key), node, known).orElse(null);
  }

  /** A mapping with keys of the user's own; without any if it is not given. */
  Section freeSection(String key) {
    Node node = values.get(key);
    Section none = new Section(reading, pathOf(key), at);
    return node == null ? none : of(reading, pathOf(key), node, null).orElse(none);
  }

  /** The keys given. */
  List<String> keys() {
    return List.copyOf(values.keySet());
  }

  /** Refuses keys that are not among these; for a section whose keys another key decides. */
  void allowOnly(List<String> known) {
    for (String key : keys()) {
      if (!known.contains(key)) {
        values.remove(key);
        problem(key, "unknown key", meant(key, known));
      }
    }
  }
}
