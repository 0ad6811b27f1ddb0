package com.conitrack.backup.cli.view;

import com.conitrack.backup.cli.output.Page;
import com.conitrack.backup.cli.output.View;
import com.conitrack.backup.core.port.SideSchema;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Schemas with tables of backups beside the real ones.
 *
 * @param schemas the schemas
 */
public record SideSchemasView(List<SideSchema> schemas) implements View {
  public SideSchemasView {
    schemas = List.copyOf(schemas);
  }

  @Override
  public void print(Page page) {
    if (schemas.isEmpty()) {
      page.line("no schema with tables of a backup is there");
    }
    schemas.forEach(each -> page.wrapped(each.name() + "  ", "  ", each.comment()));
  }

  @Override
  public void fill(ObjectNode document) {
    document.put("command", "restore-tables");
    ArrayNode array = document.putArray("schemas");
    schemas.forEach(
        each -> array.addObject().put("name", each.name()).put("comment", each.comment()));
  }
}
