package dev.gatehouse.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.gatehouse.delivery.broken.SeesAnEdge;
import dev.gatehouse.kernel.broken.OpensASocket;
import dev.gatehouse.kernel.broken.SeesTheStore;
import dev.gatehouse.wire.broken.SeesAnotherEdge;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The three rings: who may see whom, and that the ground has no network. */
@AnalyzeClasses(packages = "dev.gatehouse", importOptions = Production.NoTests.class)
class RingsArchitectureTest {
  private static final Set<String> GROUND = Set.of("kernel", "crypto", "jose", "model", "store");
  private static final Set<String> CAPABILITIES =
      Set.of("access", "delivery", "triggers", "userpool");
  private static final Set<String> BELOW_THE_EDGES = union(GROUND, CAPABILITIES);

  /** A row a module: what it may see besides itself. A module without a row fails. */
  private static final Map<String, Set<String>> MAY_SEE =
      Map.ofEntries(
          Map.entry("kernel", Set.of()),
          Map.entry("crypto", Set.of("kernel")),
          Map.entry("model", Set.of("kernel")),
          Map.entry("store", Set.of("kernel")),
          Map.entry("jose", Set.of("kernel", "crypto")),
          Map.entry("access", GROUND),
          Map.entry("delivery", union(GROUND, Set.of("access"))),
          Map.entry("triggers", union(GROUND, Set.of("access", "delivery"))),
          Map.entry("userpool", union(GROUND, Set.of("access", "delivery", "triggers"))),
          Map.entry("http", BELOW_THE_EDGES),
          Map.entry("wire", union(BELOW_THE_EDGES, Set.of("http"))),
          Map.entry("operations", union(BELOW_THE_EDGES, Set.of("http"))),
          Map.entry("app", union(BELOW_THE_EDGES, Set.of("http", "wire", "operations"))),
          // tools of the build, outside the rings: they see nothing and nothing sees them
          Map.entry("generator", Set.of()),
          Map.entry("testkit", Set.of()));

  @ArchTest
  static final ArchRule EVERY_MODULE_SEES_ONLY_ITS_ROW =
      classes().should(new SeeOnlyItsRow()).because("the rings of design §2 point inwards");

  @ArchTest
  static final ArchRule THE_GROUND_HAS_NO_NETWORK =
      noClasses()
          .that()
          .resideInAnyPackage(
              GROUND.stream().map(m -> "dev.gatehouse." + m + "..").toArray(String[]::new))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.net.http..", "io.helidon..", "javax.net..", "com.sun.net..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.net\\.(ServerSocket|Socket|DatagramSocket|MulticastSocket|URLConnection|HttpURLConnection|InetSocketAddress)"
                  + "|java\\.nio\\.channels\\.(Asynchronous)?(Server)?(Socket|Datagram)Channel")
          .because("ring 1 has no network; JDBC behind the store is the one way out");

  /** Without this a module that nobody added to this one's dependencies would obey no rule. */
  @ArchTest
  static void every_module_is_looked_at(JavaClasses production) throws IOException {
    Set<String> seen =
        production.stream()
            .map(type -> Production.module(type).orElseThrow())
            .collect(Collectors.toSet());
    Set<String> folders =
        Production.sourceFolders().stream()
            .map(folder -> Production.sources().relativize(folder).getName(0).toString())
            // measures the product and is no part of it: obeys the rules of sources alone
            .filter(folder -> !folder.equals("bench"))
            .map(folder -> folder.equals("model-generator") ? "generator" : folder)
            .collect(Collectors.toSet());

    assertThat(seen).isEqualTo(folders).isEqualTo(MAY_SEE.keySet());
  }

  @Test
  void a_module_that_sees_what_its_row_does_not_allow_is_found() {
    Production.assertBreaks(EVERY_MODULE_SEES_ONLY_ITS_ROW, SeesTheStore.class);
    Production.assertBreaks(EVERY_MODULE_SEES_ONLY_ITS_ROW, SeesAnEdge.class);
    Production.assertBreaks(EVERY_MODULE_SEES_ONLY_ITS_ROW, SeesAnotherEdge.class);
  }

  @Test
  void a_module_without_a_row_is_found() {
    Production.assertBreaks(EVERY_MODULE_SEES_ONLY_ITS_ROW, RingsArchitectureTest.class);
  }

  @Test
  void a_socket_in_the_ground_is_found() {
    Production.assertBreaks(THE_GROUND_HAS_NO_NETWORK, OpensASocket.class);
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> both = new HashSet<>(one);
    both.addAll(other);
    return Set.copyOf(both);
  }

  private static final class SeeOnlyItsRow extends ArchCondition<JavaClass> {
    SeeOnlyItsRow() {
      super("see only the modules of its row");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      String module = Production.module(type).orElseThrow();
      Set<String> row = MAY_SEE.get(module);
      if (row == null) {
        events.add(
            SimpleConditionEvent.violated(
                type, type.getName() + ": module «" + module + "» has no row in the table"));
        return;
      }
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        Optional<String> seen = Production.module(dependency.getTargetClass());
        if (seen.isPresent() && !seen.get().equals(module) && !row.contains(seen.get())) {
          events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
        }
      }
    }
  }
}
