package dev.gatehouse.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** What the rules look at: the production classes, and the module that a class belongs to. */
final class Production {
  static final String ROOT = "dev.gatehouse.";

  private Production() {}

  /** The module of a class by its package; empty for a class that is not Gatehouse's. */
  static Optional<String> module(JavaClass type) {
    String name = type.getBaseComponentType().getName();
    if (!name.startsWith(ROOT)) {
      return Optional.empty();
    }
    int end = name.indexOf('.', ROOT.length());
    return Optional.of(end < 0 ? "" : name.substring(ROOT.length(), end));
  }

  /** The folder that holds the modules' folders. */
  static Path sources() {
    return Path.of(
        Objects.requireNonNull(
            System.getProperty("gatehouse.root"), "gatehouse.root, set by the build"));
  }

  /** {@code src/main/java} of every module that has one. */
  static List<Path> sourceFolders() throws IOException {
    try (Stream<Path> modules = Files.list(sources())) {
      return modules
          .map(module -> module.resolve("src/main/java"))
          .filter(Files::isDirectory)
          .toList();
    }
  }

  /** Shows that a rule can fail: it must find something in a class made to break it. */
  static void assertBreaks(ArchRule rule, Class<?> broken) {
    JavaClasses classes = new ClassFileImporter().importClasses(broken);
    EvaluationResult found = rule.evaluate(classes);
    Assertions.assertThat(found.getFailureReport().getDetails())
        .as("what «%s» finds in %s", rule.getDescription(), broken.getSimpleName())
        .isNotEmpty()
        .allSatisfy(detail -> Assertions.assertThat(detail).contains(broken.getSimpleName()));
  }

  /** Leaves out what the tests of a module, this one included, bring along. */
  static final class NoTests implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/") && !location.contains("-tests.jar");
    }
  }
}
