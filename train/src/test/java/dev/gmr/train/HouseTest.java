package dev.gmr.train;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * How the house stands: arrows between modules point one way, and what is special stays in its
 * room.
 */
@AnalyzeClasses(packages = "dev.gmr", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseTest {
  private static final String KERNELS = "dev.gmr.kernels..";
  private static final String NN = "dev.gmr.nn..";
  private static final String DATA = "dev.gmr.data..";
  private static final String TRAIN = "dev.gmr.train..";
  private static final String BENCH = "dev.gmr.bench..";

  private static ArchRule mustNotUse(String user, String... used) {
    // A module whose code is still to come has no classes to check.
    return noClasses()
        .that()
        .resideInAPackage(user)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(used)
        .allowEmptyShould(true);
  }

  @ArchTest static final ArchRule KERNELS_STAND_ALONE = mustNotUse(KERNELS, NN, DATA, TRAIN, BENCH);

  @ArchTest static final ArchRule NETWORKS_USE_KERNELS = mustNotUse(NN, DATA, TRAIN, BENCH);

  @ArchTest static final ArchRule DATA_STANDS_ALONE = mustNotUse(DATA, KERNELS, NN, TRAIN, BENCH);

  @ArchTest static final ArchRule NOTHING_USES_BENCHMARKS = mustNotUse(TRAIN, BENCH);

  @ArchTest
  static final ArchRule VECTORS_STAY_IN_SIMD =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.gmr.kernels.simd..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..");

  /** Loaded by name, so that the other kernels run where the vector module is missing. */
  @ArchTest
  static final ArchRule NOTHING_LINKS_TO_SIMD =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.gmr.kernels.simd..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.gmr.kernels.simd..");

  @ArchTest
  static final ArchRule NETWORKS_READ_JSON_IN_ONE_PLACE =
      noClasses()
          .that()
          .resideInAPackage(NN)
          .and()
          .doNotHaveSimpleName("ArchitectureReader")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.fasterxml..");

  @ArchTest
  static final ArchRule COMMANDS_AND_TABLES_STAY_IN_TRAIN =
      noClasses()
          .that()
          .resideOutsideOfPackage(TRAIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "org.apache.commons.csv..");

  @ArchTest
  static final ArchRule PICOCLI_STAYS_IN_THE_COMMANDS =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.gmr.train.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("picocli..");

  @ArchTest
  static final ArchRule PACKAGES_OF_TRAIN_HAVE_NO_CYCLES =
      slices().matching("dev.gmr.train.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule COMMANDS_ARE_ON_TOP =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.gmr.train.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.gmr.train.cli..");
}
