package io.cloudstic;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Holds the directions of docs/architecture.md. */
class ArchitectureTest {
  /** Each rule is a test of its own, by the name of its field. */
  @TestFactory
  Stream<DynamicTest> architecture() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.cloudstic");
    return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
        .filter(field -> field.getType() == ArchRule.class)
        .map(
            field ->
                DynamicTest.dynamicTest(
                    field.getName().replace('_', ' '),
                    () -> ((ArchRule) field.get(null)).check(classes)));
  }

  private static final String[] OUTSIDE = {
    "io.cloudstic.cli..", "io.cloudstic.service..", "io.cloudstic.simulator.."
  };
  private static final String[] USE_CASES = {
    "io.cloudstic.backup..",
    "io.cloudstic.restore..",
    "io.cloudstic.retention..",
    "io.cloudstic.verify..",
    "io.cloudstic.repair..",
    "io.cloudstic.stats..",
    "io.cloudstic.history..",
    "io.cloudstic.copy..",
    "io.cloudstic.explain..",
    "io.cloudstic.status..",
    "io.cloudstic.doctor.."
  };
  private static final String[] BELOW_THE_USE_CASES = {
    "io.cloudstic.onedrive..", "io.cloudstic.restic..", "io.cloudstic.local.."
  };

  static final ArchRule nothing_below_the_command_line_knows_it =
      noClasses()
          .that()
          .resideOutsideOfPackages(OUTSIDE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(OUTSIDE);

  static final ArchRule sources_and_repository_do_not_know_the_use_cases =
      noClasses()
          .that()
          .resideInAnyPackage(BELOW_THE_USE_CASES)
          .and()
          .resideOutsideOfPackage("..camel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(USE_CASES);

  static final ArchRule the_repository_does_not_know_the_drive =
      noClasses()
          .that()
          .resideInAPackage("io.cloudstic.restic..")
          .and()
          .resideOutsideOfPackage("..camel..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.cloudstic.onedrive..");

  static final ArchRule the_store_stands_on_nothing_but_run_and_failure =
      noClasses()
          .that()
          .resideInAPackage("io.cloudstic.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.cloudstic.restic..",
              "io.cloudstic.onedrive..",
              "io.cloudstic.local..",
              "io.cloudstic.backup..",
              "io.cloudstic.restore..",
              "io.cloudstic.verify..");

  static final ArchRule only_the_edges_import_camel =
      noClasses()
          .that()
          .resideOutsideOfPackages("..camel..", "io.cloudstic.cli..", "io.cloudstic.service..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.camel..");

  static final ArchRule the_simulator_is_independent_of_the_client =
      noClasses()
          .that()
          .resideInAPackage("io.cloudstic.simulator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.cloudstic.onedrive..", "io.cloudstic.restic..");

  static final ArchRule time_and_sleep_are_injected =
      noClasses()
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(LocalDateTime.class, "now")
          .orShould()
          .callMethod(OffsetDateTime.class, "now")
          .orShould()
          .callMethod(ZonedDateTime.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(Thread.class, "sleep", long.class);

  static final ArchRule packages_have_no_cycles =
      slices().assignedFrom(new PackagesAndAdapters()).should().beFreeOfCycles();

  /** Slices by package; the adapters to Camel are one slice, for they may know each other. */
  private static final class PackagesAndAdapters implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      String name = javaClass.getPackageName();
      return name.startsWith("io.cloudstic.")
          ? SliceIdentifier.of(name.endsWith("camel") ? "adapters" : name)
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "the packages of Cloudstic";
    }
  }
}
