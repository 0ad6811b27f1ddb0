package com.conitrack.backup.examples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jspecify.annotations.NullMarked;

/** How the modules may know each other. It lives here because this module sees them all. */
@AnalyzeClasses(
    packages = "com.conitrack.backup",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "com.conitrack.backup";
  private static final String CORE = ROOT + ".core..";
  private static final String CLI = ROOT + ".cli..";
  private static final String SPRING = ROOT + ".spring..";
  private static final String EXAMPLES = ROOT + ".examples..";

  @ArchTest static final ArchRule core = knowsOnlyTheCore(CORE);

  @ArchTest static final ArchRule pg = knowsOnlyTheCore(ROOT + ".pg..");

  @ArchTest static final ArchRule storages = knowsOnlyTheCore(ROOT + ".storage..");

  @ArchTest
  static final ArchRule storages_among_themselves =
      slices()
          .matching(ROOT + ".storage.(*)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  @ArchTest static final ArchRule native_codecs = knowsOnlyTheCore(ROOT + ".codec..");

  @ArchTest static final ArchRule archives = knowsOnlyTheCore(ROOT + ".archive..");

  @ArchTest static final ArchRule test_support = knowsOnlyTheCore(ROOT + ".testsupport..");

  @ArchTest
  static final ArchRule nobody_knows_the_command_or_the_examples =
      noClasses()
          .that()
          .resideOutsideOfPackages(CLI, EXAMPLES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(CLI, EXAMPLES);

  @ArchTest
  static final ArchRule nobody_but_the_starter_knows_spring =
      noClasses()
          .that()
          .resideOutsideOfPackages(SPRING, EXAMPLES)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(SPRING, "org.springframework..");

  @ArchTest
  static final ArchRule nullness_is_checked_in_every_package =
      classes().should(beInANullMarkedPackage());

  private static ArchRule knowsOnlyTheCore(String module) {
    return classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat(
            resideOutsideOfPackage(ROOT + "..").or(resideInAnyPackage(CORE, module)))
        .allowEmptyShould(true);
  }

  private static ArchCondition<JavaClass> beInANullMarkedPackage() {
    return new ArchCondition<>("be in a package whose package-info.java says @NullMarked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(
                type, marked, type.getName() + " is not in a @NullMarked package"));
      }
    };
  }
}
