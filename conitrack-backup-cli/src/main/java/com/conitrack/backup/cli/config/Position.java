package com.conitrack.backup.cli.config;

import org.yaml.snakeyaml.error.Mark;

/**
 * A place in the configuration file.
 *
 * @param line from 1
 * @param column from 1
 */
public record Position(int line, int column) {
  /** Where something is that is not there: the file's beginning. */
  static final Position START = new Position(1, 1);

  static Position of(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }
}
