package com.conitrack.backup.cli.output;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A result, for people and for programs. */
public interface View {
  /** Writes it for people. */
  void print(Page page);

  /** Writes it into a document for programs. Names of members are stable. */
  void fill(ObjectNode document);
}
