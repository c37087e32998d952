package dev.nimbus.e2e.boundaries;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethod;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * Nine rules. Think before changing one: they are the architecture, as far as a machine can read
 * it.
 */
final class BoundariesTest {
  private static final String[] APPS = {
    "dev.nimbus.controlplane..",
    "dev.nimbus.hostagent..",
    "dev.nimbus.cacheproxy..",
    "dev.nimbus.logpipeline.."
  };

  private static final String[] ADAPTERS = {
    "dev.nimbus.adapters.aws..",
    "dev.nimbus.adapters.azure..",
    "dev.nimbus.adapters.blobs..",
    "dev.nimbus.adapters.executors..",
    "dev.nimbus.adapters.hetzner..",
    "dev.nimbus.adapters.gcp..",
    "dev.nimbus.adapters.kubernetes..",
    "dev.nimbus.adapters.logs..",
    "dev.nimbus.adapters.providers..",
    "dev.nimbus.adapters.storage.."
  };

  /** Read once: it takes longer than all the rules. */
  private static final JavaClasses NIMBUS =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.nimbus");

  @Test
  void everyModuleIsLookedAt() {
    var packages = NIMBUS.stream().map(JavaClass::getPackageName).toList();
    assertThat(Stream.of(APPS, ADAPTERS).flatMap(Stream::of))
        .map(module -> module.substring(0, module.length() - 2))
        .allMatch(module -> packages.stream().anyMatch(p -> p.startsWith(module)));
  }

  @Test
  void rule1CoreNeedsOnlyTheJdkAndNoDatabaseNetworkOrFiles() {
    classes()
        .that()
        .resideInAPackage("dev.nimbus.core..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("dev.nimbus.core..", "java..", "org.jspecify.annotations")
                .and(not(resideInAnyPackage("java.sql..", "java.net.http..")))
                .and(not(JavaClass.Predicates.type(Files.class))))
        .check(NIMBUS);
  }

  @Test
  void rule2AdaptersDoNotKnowEachOther() {
    slices()
        .matching("dev.nimbus.adapters.(*)..")
        .should()
        .notDependOnEachOther()
        .allowEmptyShould(true)
        .check(NIMBUS);
  }

  @Test
  void rule3OnlyTheWiringOfAnAppNamesAnAdapter() {
    noClasses()
        .that(resideInAnyPackage(APPS).and(not(wiring())))
        .should()
        .dependOnClassesThat(resideInAPackage("dev.nimbus.adapters.."))
        .check(NIMBUS);
  }

  @Test
  void rule4AppsDoNotKnowEachOther() {
    for (var app : APPS) {
      var others = Stream.of(APPS).filter(other -> !other.equals(app)).toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage(app)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(NIMBUS);
    }
  }

  @Test
  void rule5SqlStaysInStorageAndLogs() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.nimbus.adapters.storage..", "dev.nimbus.adapters.logs..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..")
        .check(NIMBUS);
  }

  @Test
  void rule6OnlyTheTimePackageReadsClocksSleepsOrDrawsRandom() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.nimbus.service.time..", "dev.nimbus.bench..")
        .should(callMethod(Instant.class, "now"))
        .orShould(callMethod(System.class, "currentTimeMillis"))
        .orShould(callMethod(System.class, "nanoTime"))
        .orShould(callMethod(Math.class, "random"))
        .orShould(callMethod(UUID.class, "randomUUID"))
        .orShould(callMethod(Thread.class, "sleep", long.class))
        .orShould(callMethod(Thread.class, "sleep", Duration.class))
        .check(NIMBUS);
  }

  @Test
  void rule7OnlyTheConfigPackageReadsTheEnvironment() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.nimbus.service.config..", "dev.nimbus.bench..")
        .should(callMethod(System.class, "getenv"))
        .orShould(callMethod(System.class, "getenv", String.class))
        .check(NIMBUS);
  }

  @Test
  void rule8NothingStaticChanges() {
    fields()
        .that()
        .areStatic()
        .and()
        .areDeclaredInClassesThat()
        .resideInAPackage("dev.nimbus..")
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(NIMBUS);
  }

  @Test
  void rule9EveryPackageIsNullMarked() {
    classes()
        .that()
        .resideInAPackage("dev.nimbus..")
        .should(beInANullMarkedPackage())
        .check(NIMBUS);
  }

  private static DescribedPredicate<JavaClass> wiring() {
    return DescribedPredicate.describe(
        "are the wiring",
        type ->
            Stream.of("ControlPlane", "HostAgent", "CacheProxy", "LogPipeline")
                .anyMatch(name -> outermost(type).equals(name)));
  }

  private static String outermost(JavaClass type) {
    return type.getEnclosingClass().map(BoundariesTest::outermost).orElse(type.getSimpleName());
  }

  private static ArchCondition<JavaClass> beInANullMarkedPackage() {
    return new ArchCondition<>("be in a @NullMarked package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        var marked = type.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(
                type, marked, type.getPackageName() + " has a @NullMarked package-info"));
      }
    };
  }
}
