package com.conitrack.backup.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What the core may know: no cloud, no framework, no database driver, no process. */
@AnalyzeClasses(
    packages = "com.conitrack.backup.core",
    importOptions = ImportOption.DoNotIncludeTests.class)
class CoreArchitectureTest {
  private static final String CORE = "com.conitrack.backup.core";
  private static final String MODEL = CORE + ".model..";
  private static final String PORT = CORE + ".port..";

  @ArchTest
  static final ArchRule libraries =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              CORE + "..",
              "java..",
              "javax.crypto..",
              "org.slf4j..",
              "org.jspecify.annotations..",
              "com.fasterxml.jackson..",
              "com.cronutils..");

  @ArchTest
  static final ArchRule no_jdbc =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.sql..");

  @ArchTest
  static final ArchRule no_processes =
      noClasses().should().dependOnClassesThat().belongToAnyOf(ProcessBuilder.class, Process.class);

  @ArchTest static final ArchRule model = knowsOfTheCoreOnly(MODEL, MODEL);

  @ArchTest static final ArchRule ports = knowsOfTheCoreOnly(PORT, PORT, MODEL);

  @ArchTest
  static final ArchRule no_cycles = slices().matching(CORE + ".(*)..").should().beFreeOfCycles();

  private static ArchRule knowsOfTheCoreOnly(String layer, String... known) {
    return classes()
        .that()
        .resideInAPackage(layer)
        .should()
        .onlyDependOnClassesThat(resideOutsideOfPackage(CORE + "..").or(resideInAnyPackage(known)));
  }
}
