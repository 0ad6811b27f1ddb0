package com.conitrack.backup.testsupport.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.conitrack.backup.core.model.DatabaseFacts;
import com.conitrack.backup.core.model.Requirements;
import com.conitrack.backup.core.port.Database;
import com.conitrack.backup.core.port.DatabaseInspector;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The promises of {@link DatabaseInspector}. */
public abstract class DatabaseInspectorContract implements DatabaseSupply {
  private static final Requirements UNHEARD_OF =
      new Requirements(
          List.of("no_such_role"),
          List.of(new Requirements.Extension("no_such_extension", "1.0", "public")),
          List.of("no_such_tablespace"),
          List.of(),
          null,
          List.of(),
          null,
          List.of());

  @Test
  final void whatTheServerLacksIsNamed() throws Exception {
    assertThat(String.join("\n", emptyDatabase().inspector().missing(UNHEARD_OF)))
        .contains("no_such_role", "no_such_extension", "no_such_tablespace");
  }

  @Test
  final void aServerLacksNothingThatItsOwnDatabaseNeeds() throws Exception {
    DatabaseInspector inspector = populatedDatabase().inspector();
    assertThat(inspector.missing(inspector.requirements())).isEmpty();
    assertThat(inspector.missing(Requirements.NONE)).isEmpty();
  }

  @Test
  final void anEmptyDatabaseHasNoUserObjects() throws Exception {
    assertThat(emptyDatabase().inspector().userObjects()).isEmpty();
  }

  @Test
  final void aPopulatedDatabaseHasAtMostTenUserObjectsToTell() throws Exception {
    assertThat(populatedDatabase().inspector().userObjects()).isNotEmpty().hasSizeLessThan(11);
  }

  @Test
  final void theFactsIdentifyTheDatabase() throws Exception {
    DatabaseFacts facts = populatedDatabase().inspector().inspect();
    assertThat(facts.name()).isNotBlank();
    assertThat(facts.server()).isNotBlank().doesNotContain("@");
    assertThat(facts.version().major()).isPositive();
    assertThat(facts.encoding()).isNotBlank();
    assertThat(facts.bytes()).isPositive();
  }

  @Test
  final void lookingChangesNothing() throws Exception {
    Database database = populatedDatabase();
    String before = Dumps.withoutCommands(Dumps.of(database));
    database.inspector().inspect();
    database.inspector().missing(database.inspector().requirements());
    database.inspector().userObjects();
    assertThat(Dumps.withoutCommands(Dumps.of(database))).isEqualTo(before);
  }
}
