package org.tlsrpt.collector;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
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

  /** Who may use what, in the room of the record; everybody else there uses Java alone. */
  private static final Map<String, Set<String>> OUTSIDE_JAVA =
      Map.of(
          "org.xbill.DNS", Set.of("Dns", "CnameChase", "Resolvers"),
          "org.apache.hc",
              Set.of(
                  "PinnedHttps", "PolicyFetch", "ProbeAttempt", "CertificateJudge", "CheckBeans"),
          "com.github.benmanes.caffeine", Set.of("Dns", "PolicyFetch", "CheckBeans"),
          "org.springframework", Set.of("PublicUrl", "DnsSettings", "CheckSettings", "CheckBeans"));

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
          cli       | report store dnsrecord intake
          web       | report store dnsrecord intake
          demo      | store intake
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
            "",
            "report",
            "dnsrecord",
            "database",
            "access",
            "store",
            "intake",
            "api",
            "cli",
            "web",
            "demo");
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

  @Test
  void leavesTheNetworkToFewInTheRoomOfTheRecord() {
    OUTSIDE_JAVA.forEach(
        (library, users) ->
            noClasses()
                .that(describe("have no leave", type -> inRoomOfTheRecord(type, users)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library + "..")
                .check(OURS));
    classes()
        .that()
        .resideInAPackage(HOUSE + "dnsrecord..")
        .should()
        .onlyDependOnClassesThat(
            describe(
                "belong to Java, to this room or to one of four libraries",
                ArchitectureTest::isKnownInTheRoomOfTheRecord))
        .check(OURS);
  }

  /** Whoever only writes or judges a record starts no resolver, no HTTP client and no Spring. */
  @ParameterizedTest
  @ValueSource(strings = {"RecordGenerator", "RecordLint", "RecordFormat", "TlsRptRecord"})
  void writesAndJudgesRecordsWithJavaAlone(String type) {
    OUTSIDE_JAVA
        .keySet()
        .forEach(
            library ->
                noClasses()
                    .that()
                    .haveFullyQualifiedName(HOUSE + "dnsrecord." + type)
                    .should()
                    .transitivelyDependOnClassesThat()
                    .resideInAPackage(library + "..")
                    .check(OURS));
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

  /** With %d a machine set to Persian writes ۳۶۰۰ into zone files, JSON and JDBC URLs. */
  @Test
  void writesNumbersWithAsciiDigitsWhateverTheLocale() throws IOException {
    var localised = Pattern.compile("%(\\d+\\$)?[,0-9.]*[dfe]\\b");
    var writers = new ArrayList<Path>();
    try (var files = Files.walk(Path.of("src/main/java"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (localised.matcher(Files.readString(file)).find()) {
          writers.add(file);
        }
      }
    }
    assertThat(writers).as("write %%s for %%d").isEmpty();
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

  private static boolean inRoomOfTheRecord(JavaClass type, Set<String> except) {
    var outermost = type.getName().replaceFirst("\\$.*", "");
    return roomOf(type).equals("dnsrecord")
        && !except.contains(outermost.substring(outermost.lastIndexOf('.') + 1));
  }

  private static boolean isKnownInTheRoomOfTheRecord(JavaClass type) {
    var name = type.getBaseComponentType().getPackageName();
    return name.isEmpty()
        || name.startsWith("java.")
        || name.startsWith("javax.net.ssl")
        || name.startsWith("javax.security.auth.x500")
        || name.startsWith("org.jspecify")
        || name.startsWith(HOUSE + "dnsrecord")
        || OUTSIDE_JAVA.keySet().stream().anyMatch(name::startsWith);
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
