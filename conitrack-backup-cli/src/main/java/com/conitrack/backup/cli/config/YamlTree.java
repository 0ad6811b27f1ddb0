package com.conitrack.backup.cli.config;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * The file as a tree of nodes that know their places. Values are not given types here: a key knows
 * what it wants, so {@code password: 0123} stays what was written.
 */
final class YamlTree {
  private YamlTree() {}

  /** The root; null if the file holds nothing or is no YAML, which is then among the problems. */
  static @Nullable Node parse(Reading reading, String text) {
    try {
      return new Yaml(new LoaderOptions()).compose(new java.io.StringReader(text));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark();
      Position at = mark == null ? Position.START : Position.of(mark);
      String context = e.getContext() == null ? "" : e.getContext() + ", ";
      reading.problem(at, "", "this is no valid YAML: " + context + e.getProblem(), null);
    } catch (YAMLException e) {
      String why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      reading.problem(Position.START, "", "this is no valid YAML: " + why, null);
    }
    return null;
  }

  /** What a node is, for messages. */
  static String kind(Node node) {
    if (isEmpty(node)) {
      return "nothing is given";
    }
    if (node instanceof MappingNode) {
      return "a mapping (keys and values) is given";
    }
    return node instanceof SequenceNode ? "a list is given" : "a single value is given";
  }

  /** Whether a key has no value: {@code key:}, {@code key: ~}. */
  static boolean isEmpty(Node node) {
    return node.getNodeId() == NodeId.scalar && Tag.NULL.equals(node.getTag());
  }
}
