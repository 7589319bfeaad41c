package org.tlsrpt.collector;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.modulith.core.ApplicationModules;

/** The rooms of the house and the arrows between them. */
class ArchitectureTest {

  private static final String HOUSE = "org.tlsrpt.collector.";

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.tlsrpt.collector");

  private static final Set<String> SHUNNED =
      Set.of("config", "util", "common", "dto", "service", "exception");

  /** What needs more than Java in the room of the record: all that looks things up. */
  private static final Set<String> CHECK = Set.of("PublicUrl", "RecordCheck");

  @Test
  void hasNoCyclesAndUsesOnlyWhatARoomShows() {
    ApplicationModules.of(CollectorApplication.class).verify();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          report    |
          dnsrecord |
          database  |
          access    |
          store     | report
          intake    | report store
          api       | report store dnsrecord intake
          """)
  void usesNoOtherRooms(String room, String allowed) {
    var seen = new TreeSet<String>();
    OURS.stream()
        .filter(type -> roomOf(type).equals(room))
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .map(dependency -> roomOf(dependency.getTargetClass().getBaseComponentType()))
        .filter(other -> !other.isEmpty() && !other.equals(room))
        .forEach(seen::add);

    var rooms = allowed == null ? Set.<String>of() : Set.of(allowed.split(" "));
    assertThat(seen).isSubsetOf(rooms);
  }

  @Test
  void keepsTheListAboveComplete() {
    var rooms = new TreeSet<String>();
    OURS.forEach(type -> rooms.add(roomOf(type)));

    assertThat(rooms)
        .containsExactlyInAnyOrder(
            "", "report", "dnsrecord", "database", "access", "store", "intake", "api");
  }

  @Test
  void readsReportsWithJacksonAndNothingElse() {
    classes()
        .that()
        .resideInAPackage(HOUSE + "report..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(HOUSE + "report..", "java..", "tools.jackson..", "org.jspecify..")
        .check(OURS);
  }

  /** Whoever only writes or judges a record starts no resolver, no HTTP client and no Spring. */
  @Test
  void judgesRecordsWithJavaAlone() {
    classes()
        .that()
        .resideInAPackage(HOUSE + "dnsrecord..")
        .and(not(describe("part of the check", ArchitectureTest::isPartOfTheCheck)))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(HOUSE + "dnsrecord..", "java..", "org.jspecify..")
        .check(OURS);
  }

  @Test
  void looksRecordsUpOnlyWhereItChecksThem() {
    noClasses()
        .that()
        .resideInAPackage(HOUSE + "dnsrecord..")
        .and(not(describe("part of the check", ArchitectureTest::isPartOfTheCheck)))
        .should()
        .dependOnClassesThat(describe("part of the check", ArchitectureTest::isPartOfTheCheck))
        .check(OURS);
  }

  @Test
  void asksOnlyTheInjectedClock() {
    noClasses()
        .that()
        .doNotHaveSimpleName("CollectorApplication")
        .should()
        .callMethod(java.time.Clock.class, "systemUTC")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(java.time.LocalDate.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(OURS);
  }

  /** java.util.zip.GZIPInputStream recurses over empty members; strangers' bytes go elsewhere. */
  @Test
  void inflatesStrangersBytesWithItsOwnGunzipOnly() {
    noClasses()
        .that()
        .resideInAPackage(HOUSE + "intake..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.zip.GZIPInputStream")
        .check(OURS);
  }

  @Test
  void namesRoomsByWhatTheyAreFor() {
    assertThat(OURS.stream().map(type -> type.getPackageName()).flatMap(ArchitectureTest::words))
        .doesNotContainAnyElementsOf(SHUNNED);
  }

  @Test
  void saysWhatEveryPackageIsForAndThatNothingIsNullUnsaid() throws Exception {
    for (var name : new HashSet<>(OURS.stream().map(JavaClass::getPackageName).toList())) {
      assertThat(Class.forName(name + ".package-info").isAnnotationPresent(NullMarked.class))
          .as(name)
          .isTrue();
    }
  }

  @Test
  void hasNoInterfaceWithOneImplementation() {
    var lonely = new ArrayList<String>();
    for (var type : OURS) {
      if (type.isInterface()
          && !type.isAnnotation()
          && !type.getModifiers().contains(JavaModifier.SYNTHETIC)
          && type.getAllSubclasses().size() == 1) {
        lonely.add(type.getName());
      }
    }
    assertThat(lonely).isEmpty();
  }

  private static boolean isPartOfTheCheck(JavaClass type) {
    var outermost = type.getName().replaceFirst("\\$.*", "");
    return outermost.startsWith(HOUSE + "dnsrecord.")
        && CHECK.contains(outermost.substring(outermost.lastIndexOf('.') + 1));
  }

  private static String roomOf(JavaClass type) {
    var name = type.getPackageName();
    if (!name.startsWith(HOUSE)) {
      return "";
    }
    var rest = name.substring(HOUSE.length());
    var end = rest.indexOf('.');
    return end < 0 ? rest : rest.substring(0, end);
  }

  private static Stream<String> words(String packageName) {
    return Stream.of(packageName.split("\\."));
  }
}
