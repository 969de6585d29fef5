package dev.gatehouse.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.architecture.SourceSizes.Kind;
import dev.gatehouse.architecture.SourceSizes.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The sizes of §6, measured in the sources of every module; what is generated is not measured. */
class SourcesArchitectureTest {
  private static final int CLASS_LINES = 400;
  private static final int METHOD_LINES = 60;

  /** What is longer all the same, and why; a row that is no longer needed fails. */
  private static final Map<String, String> LONGER_WITH_A_REASON =
      Map.of("UserPoolWords#wordsOf", "a table, one row a refusal, to be read at one place");

  @Test
  void no_class_and_no_method_is_too_long() throws IOException {
    List<Size> sizes = SourceSizes.of(production());

    assertThat(sizes)
        .as("what is measured")
        .extracting(Size::name)
        .contains("Secret", "SigV4Verifier", "SignUp", "CallPipeline", "Server");
    assertThat(tooLong(sizes))
        .as("classes over %s lines, methods over %s lines", CLASS_LINES, METHOD_LINES)
        .extracting(Size::name)
        .containsExactlyInAnyOrderElementsOf(LONGER_WITH_A_REASON.keySet());
  }

  @Test
  void a_class_and_a_method_one_line_too_long_are_found() throws IOException {
    assertThat(tooLong(SourceSizes.of(classOf(CLASS_LINES, METHOD_LINES)))).isEmpty();
    assertThat(tooLong(SourceSizes.of(classOf(CLASS_LINES + 1, METHOD_LINES + 1))))
        .containsExactlyInAnyOrder(
            new Size("Outer", Kind.CLASS, CLASS_LINES + 1),
            new Size("Outer.Inner#run", Kind.METHOD, METHOD_LINES + 1));
  }

  /** A class of so many lines, around a method of so many lines, under a comment. */
  private static String classOf(int classLines, int methodLines) {
    String method = "void run() {\n" + "\n".repeat(methodLines - 2) + "}\n";
    String start = "class Outer {\nclass Inner {\n" + method + "}\n";
    int left = classLines - (int) start.lines().count() - 1;
    return "/** Why. */\n" + start + "\n".repeat(left) + "}\n";
  }

  private static List<Size> tooLong(List<Size> sizes) {
    return sizes.stream().filter(size -> size.lines() > most(size.kind())).toList();
  }

  private static int most(Kind kind) {
    return switch (kind) {
      case CLASS -> CLASS_LINES;
      case METHOD -> METHOD_LINES;
    };
  }

  private static List<Path> production() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : Production.sourceFolders()) {
      files.addAll(javaFilesUnder(folder));
    }
    return files;
  }

  private static List<Path> javaFilesUnder(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files.filter(path -> path.toString().endsWith(".java")).toList();
    }
  }
}
