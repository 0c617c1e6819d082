package org.mdlibs.registry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.elements.GivenMethodsConjunction;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Timeout;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.mdlibs.registry.access.Needs;

/** Holds the shape of the house. The table is the documentation of who may use whom. */
class ArchitectureTest {
  private static final String ROOT = "org.mdlibs.registry";

  /** Each package, and those that it may use. */
  private static final Map<String, Set<String>> MAY_USE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("problem", Set.of()),
              Map.entry("access", Set.of()),
              Map.entry("config", Set.of("datasource")),
              Map.entry("metrics", Set.of("config", "datasource", "problem")),
              Map.entry("log", Set.of("access", "config", "metrics", "problem")),
              Map.entry("job", Set.of("config")),
              Map.entry("name", Set.of("problem")),
              Map.entry("http", Set.of("config", "problem")),
              Map.entry(
                  "limit", Set.of("access", "config", "datasource", "job", "metrics", "problem")),
              Map.entry("readonly", Set.of("access", "audit", "config", "name", "problem")),
              Map.entry("json", Set.of("access", "config", "name", "problem")),
              Map.entry("archive", Set.of("config", "name", "problem")),
              Map.entry("storage", Set.of("config", "name", "problem")),
              Map.entry("audit", Set.of("access", "config", "log", "problem")),
              Map.entry("user", Set.of("access", "audit", "config", "name", "problem")),
              Map.entry(
                  "team",
                  Set.of("http", "access", "audit", "config", "json", "name", "problem", "user")),
              Map.entry(
                  "token",
                  Set.of(
                      "http",
                      "access",
                      "audit",
                      "config",
                      "json",
                      "name",
                      "problem",
                      "readonly",
                      "user")),
              Map.entry(
                  "library",
                  Set.of(
                      "access",
                      "audit",
                      "config",
                      "datasource",
                      "json",
                      "name",
                      "problem",
                      "storage",
                      "user")),
              Map.entry(
                  "stats",
                  Set.of("access", "config", "job", "library", "name", "problem", "readonly")),
              Map.entry("feed", Set.of("access", "config", "json", "library", "name", "problem")),
              Map.entry(
                  "webhook",
                  Set.of(
                      "http",
                      "access",
                      "audit",
                      "config",
                      "job",
                      "json",
                      "library",
                      "name",
                      "problem",
                      "readonly",
                      "user")),
              Map.entry(
                  "publish",
                  Set.of(
                      "http", "access", "archive", "audit", "config", "library", "limit", "metrics",
                      "name", "problem", "scan", "storage", "user")),
              Map.entry("scan", Set.of("access", "archive", "audit", "config", "problem")),
              Map.entry(
                  "search",
                  Set.of("access", "config", "datasource", "json", "library", "name", "problem")),
              Map.entry(
                  "download",
                  Set.of(
                      "access", "config", "json", "library", "metrics", "name", "problem", "stats",
                      "storage")),
              Map.entry(
                  "maintenance",
                  Set.of(
                      "access",
                      "audit",
                      "config",
                      "datasource",
                      "json",
                      "library",
                      "problem",
                      "readonly",
                      "storage")),
              Map.entry(
                  "login",
                  Set.of(
                      "access",
                      "audit",
                      "config",
                      "http",
                      "job",
                      "limit",
                      "log",
                      "metrics",
                      "problem",
                      "readonly",
                      "token",
                      "user")),
              Map.entry(
                  "oidc", Set.of("access", "audit", "config", "login", "problem", "token", "user")),
              Map.entry(
                  "device",
                  Set.of(
                      "access",
                      "audit",
                      "config",
                      "limit",
                      "login",
                      "problem",
                      "readonly",
                      "token",
                      "user")),
              Map.entry(
                  "account",
                  Set.of(
                      "http", "access", "audit", "config", "library", "limit", "login", "name",
                      "problem", "team", "token", "user")),
              Map.entry(
                  "admin",
                  Set.of(
                      "http", "access", "audit", "config", "json", "log", "name", "problem",
                      "token", "user")),
              Map.entry(
                  "command", Set.of("config", "datasource", "maintenance", "problem", "storage")),
              Map.entry("openapi", Set.of("access", "json", "problem")),
              Map.entry(
                  "health",
                  Set.of("config", "http", "problem", "readonly", "scan", "storage", "user")),
              Map.entry(
                  "start",
                  Set.of(
                      "access",
                      "config",
                      "datasource",
                      "log",
                      "maintenance",
                      "name",
                      "problem",
                      "storage",
                      "token",
                      "user"))));

  /** The classes beside the nouns' plurals that speak to the database themselves. */
  private static final Set<String> OTHERS_WITH_ENTITY_MANAGER = Set.of("Search", "SearchIndex");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static String packageOf(JavaClass type) {
    String name = type.getPackageName();
    return name.equals(ROOT) || !name.startsWith(ROOT + ".")
        ? ""
        : name.substring(ROOT.length() + 1);
  }

  @Test
  void the_table_names_every_package_and_no_other() {
    Set<String> present =
        CLASSES.stream()
            .map(ArchitectureTest::packageOf)
            .filter(name -> !name.isEmpty() && !name.equals("datasource"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(present).isEqualTo(MAY_USE.keySet());
  }

  @Test
  void a_package_uses_only_what_the_table_lets_it() {
    var broken = new TreeSet<String>();
    for (JavaClass type : CLASSES) {
      Set<String> allowed = MAY_USE.get(packageOf(type));
      if (allowed == null) {
        continue;
      }
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> packageOf(dependency.getTargetClass().getBaseComponentType()))
          .filter(used -> !used.isEmpty() && !used.equals(packageOf(type)))
          .filter(used -> !allowed.contains(used))
          .forEach(used -> broken.add(type.getName() + " uses " + used));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void no_two_packages_use_each_other() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void archives_and_rights_know_neither_database_nor_rest() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".archive", ROOT + ".access", ROOT + ".name")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.persistence..", "jakarta.ws.rs..", "java.sql..")
        .check(CLASSES);
  }

  @Test
  void the_storage_alone_knows_jclouds() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".storage")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.jclouds..")
        .check(CLASSES);
  }

  @Test
  void plurals_own_the_entity_manager() {
    noClasses()
        .that(
            new DescribedPredicate<JavaClass>("are no plurals") {
              @Override
              public boolean test(JavaClass type) {
                return !type.getSimpleName().endsWith("s")
                    && !OTHERS_WITH_ENTITY_MANAGER.contains(type.getSimpleName());
              }
            })
        .should()
        .dependOnClassesThat()
        .areAssignableTo(EntityManager.class)
        .check(CLASSES);
  }

  @Test
  void only_config_reads_clock_chance_and_environment() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + ".config", ROOT + ".datasource")
        .and()
        .doNotHaveFullyQualifiedName(ROOT + ".problem.RequestId")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDate.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ConfigProvider.class)
        .check(CLASSES);
  }

  @Test
  void every_operation_says_who_may_call_it() {
    methods()
        .that()
        .areMetaAnnotatedWith(HttpMethod.class)
        .should()
        .beAnnotatedWith(PermitAll.class)
        .orShould()
        .beAnnotatedWith(RolesAllowed.class)
        .check(CLASSES);
  }

  @Test
  void every_operation_says_what_a_token_needs_for_it() {
    methods()
        .that()
        .areMetaAnnotatedWith(HttpMethod.class)
        .should()
        .beAnnotatedWith(Needs.class)
        .check(CLASSES);
  }

  /** By this name the OpenAPI document finds them. */
  @Test
  void resources_are_called_so() {
    classes()
        .that()
        .areAnnotatedWith(Path.class)
        .should()
        .haveSimpleNameEndingWith("Resource")
        .check(CLASSES);
  }

  @Test
  void no_operation_takes_or_returns_an_entity() {
    methods()
        .that()
        .areMetaAnnotatedWith(HttpMethod.class)
        .should(
            new ArchCondition<JavaMethod>("take and return no entity") {
              @Override
              public void check(JavaMethod method, ConditionEvents events) {
                boolean clean =
                    !method.getRawReturnType().isAnnotatedWith(Entity.class)
                        && method.getRawParameterTypes().stream()
                            .noneMatch(type -> type.isAnnotatedWith(Entity.class));
                events.add(new SimpleConditionEvent(method, clean, method.getFullName()));
              }
            })
        .check(CLASSES);
  }

  private static GivenMethodsConjunction methodsOfTimers() {
    return methods().that().areAnnotatedWith(Schedule.class).or().areAnnotatedWith(Timeout.class);
  }

  /** Else a timer may fire while the schema is being made, on a machine where that takes long. */
  @Test
  void what_a_timer_does_waits_for_the_start() {
    methodsOfTimers()
        .should()
        .beDeclaredInClassesThat()
        .areAnnotatedWith(DependsOn.class)
        .check(CLASSES);
  }

  /** Payara calls a timer's method in a transaction, whatever attribute its class has. */
  @Test
  void no_transaction_lasts_as_long_as_what_a_timer_does() {
    methodsOfTimers()
        .should()
        .beDeclaredInClassesThat(
            new DescribedPredicate<JavaClass>("manage their transactions themselves") {
              @Override
              public boolean test(JavaClass type) {
                return type.isAnnotatedWith(TransactionManagement.class)
                    && type.getAnnotationOfType(TransactionManagement.class).value()
                        == TransactionManagementType.BEAN;
              }
            })
        .check(CLASSES);
  }

  @Test
  void no_name_says_nothing() {
    classes().should().haveNameNotMatching(".*(Impl|Manager|Util|Utils|Helper|Dto)").check(CLASSES);
  }
}
