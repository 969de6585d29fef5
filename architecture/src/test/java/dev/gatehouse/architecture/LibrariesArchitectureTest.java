package dev.gatehouse.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.gatehouse.wire.broken.SendsMail;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which module may use which library, so that each can be replaced at one place. */
@AnalyzeClasses(packages = "dev.gatehouse", importOptions = Production.NoTests.class)
class LibrariesArchitectureTest {
  /** Package prefix of a library, and the modules that may use it; the empty set: nobody. */
  private static final Map<String, Set<String>> USED_BY =
      Map.ofEntries(
          Map.entry("com.nimbusds.", Set.of("jose")),
          Map.entry("com.webauthn4j.", Set.of("userpool")),
          // triggers: the listener that a function process of its own calls
          Map.entry("io.helidon.webserver.", Set.of("http", "triggers")),
          // delivery: the web client behind OutboundHttp
          Map.entry("io.helidon.", Set.of("http", "delivery", "triggers")),
          Map.entry("jakarta.mail.", Set.of("delivery")),
          Map.entry("org.flywaydb.", Set.of("store")),
          Map.entry("org.sqlite.", Set.of("store")),
          Map.entry("com.zaxxer.", Set.of("store")),
          Map.entry("org.jdbi.", Set.of("store", "access", "delivery", "userpool", "app")),
          // one JSON library: Jackson 3, which still takes its annotations from com.fasterxml
          Map.entry("com.fasterxml.jackson.databind.", Set.of()),
          Map.entry("com.google.gson.", Set.of()));

  @ArchTest
  static final ArchRule EVERY_LIBRARY_HAS_ITS_MODULE =
      classes()
          .should(new UseOnlyItsLibraries())
          .because("a library that one module hides can be replaced in one module");

  @Test
  void a_library_in_the_wrong_module_is_found() {
    Production.assertBreaks(EVERY_LIBRARY_HAS_ITS_MODULE, SendsMail.class);
  }

  private static final class UseOnlyItsLibraries extends ArchCondition<JavaClass> {
    UseOnlyItsLibraries() {
      super("use only the libraries of its module");
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
      String module = Production.module(type).orElseThrow();
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        String seen = dependency.getTargetClass().getBaseComponentType().getName();
        USED_BY.forEach((library, modules) -> {
          if (seen.startsWith(library) && !modules.contains(module)) {
            events.add(SimpleConditionEvent.violated(type, dependency.getDescription()));
          }
        });
      }
    }
  }
}
