package dev.gatehouse.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.generator.GenerateModel;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** All Smithy files pass the generator, and none brings a pattern that can be stalled. */
@Tag("slow")
class AllModelsTest {
  private static final Map<String, String> SERVICES =
      new TreeMap<>(
          Map.of(
              "cognito-idp.json", "CognitoIdp",
              "cognito-identity.json", "CognitoIdentity",
              "sts.json", "Sts",
              "iam-subset.json", "Iam",
              "lambda-invoke.json", "Lambda",
              "kms-subset.json", "Kms"));

  private static final Path FILES = Path.of("src/main/smithy").toAbsolutePath();

  @TempDir static Path folder;

  private static boolean compiled;
  private static String compilerOutput = "";

  @BeforeAll
  static void generateAndCompile() throws IOException {
    GenerateModel.main(arguments());
    List<Path> sources;
    try (Stream<Path> all = Files.walk(folder.resolve("java"))) {
      sources = all.filter(file -> file.toString().endsWith(".java")).toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter output = new StringWriter();
    List<String> options =
        List.of(
            "-Xlint:all,-processing,-classfile",
            "-Werror",
            "-proc:none",
            "-d",
            Files.createDirectories(folder.resolve("classes")).toString(),
            "-classpath",
            System.getProperty("java.class.path"));
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      var units = files.getJavaFileObjectsFromPaths(sources);
      compiled = compiler.getTask(output, files, null, options, null, units).call();
    }
    compilerOutput = output.toString();
  }

  private static String[] arguments() {
    return Stream.concat(
            Stream.of(FILES.toString(), folder.resolve("java").toString()),
            SERVICES.entrySet().stream().map(AllModelsTest::job))
        .toArray(String[]::new);
  }

  private static String job(Map.Entry<String, String> service) {
    return service.getKey() + "=" + packageOf(service.getValue()) + ":" + service.getValue();
  }

  private static String packageOf(String prefix) {
    return "all." + prefix.toLowerCase(Locale.ROOT);
  }

  @Test
  void compileWithoutAWarning() {
    assertThat(compiled).as(compilerOutput).isTrue();
  }

  @Test
  void bringNoPatternThatCanBeStalled() throws Exception {
    Map<String, TextPattern> patterns = patterns();
    List<String> texts = HostileText.all();
    patterns.forEach((published, pattern) -> {
      for (String text : texts) {
        CountedText counted = new CountedText(text, 8L * HostileText.LENGTH);
        try {
          pattern.matches(counted);
        } catch (AssertionError | StackOverflowError e) {
          throw new AssertionError(published + " on " + text.substring(0, 20) + "…", e);
        }
      }
    });
  }

  @Test
  void wouldBeCaughtIfTheyDid() {
    TextPattern quadratic = TextPattern.regex("^.*\\{####\\}.*$", "");

    assertThatThrownBy(
            () -> {
              for (String text : HostileText.all()) {
                quadratic.matches(new CountedText(text, 8L * HostileText.LENGTH));
              }
            })
        .isInstanceOf(AssertionError.class);
  }

  /** The first of these tests has every pattern of every file before it. */
  @Test
  void haveARuleForEveryPattern() throws Exception {
    Set<String> published = patterns().keySet();
    for (String file : SERVICES.keySet()) {
      JsonNode shapes = JsonMapper.shared().readTree(FILES.resolve(file).toFile()).get("shapes");
      for (Map.Entry<String, JsonNode> shape : shapes.properties()) {
        JsonNode traits = shape.getValue().path("traits");
        if (traits.has("smithy.api#pattern") && !shape.getKey().endsWith("#PasswordType")) {
          JsonNode own = traits.path("gatehouse.api#publishedPattern");
          JsonNode text = own.isString() ? own : traits.get("smithy.api#pattern");
          assertThat(published).as(shape.getKey()).contains(text.asString());
        }
      }
    }
  }

  private static Map<String, TextPattern> patterns() throws Exception {
    Map<String, TextPattern> patterns = new TreeMap<>();
    URL[] classes = {folder.resolve("classes").toUri().toURL()};
    try (URLClassLoader loader =
        new URLClassLoader(classes, AllModelsTest.class.getClassLoader())) {
      for (String prefix : SERVICES.values()) {
        Class<?> rules = loader.loadClass(packageOf(prefix) + "." + prefix + "Rules");
        for (Field field : rules.getFields()) {
          if (field.get(null) instanceof TextRule rule && rule.pattern() != TextPattern.ANY) {
            patterns.put(rule.pattern().toString(), rule.pattern());
          }
        }
      }
    }
    return patterns;
  }

  @Test
  void areWrittenAgainOnlyWhenSomethingChanged() throws IOException {
    Path file = folder.resolve("java/all/sts/StsRules.java");
    Path other = folder.resolve("java/all/sts/StsErrors.java");
    Path left = folder.resolve("java/all/sts/OfAnOlderModel.java");
    FileTime before = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(file, before);
    Files.setLastModifiedTime(other, before);

    GenerateModel.main(arguments());
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(before);

    Files.writeString(folder.resolve("java/.stamp"), "of another generator");
    Files.writeString(file, "changed");
    Files.writeString(left, "left");
    GenerateModel.main(arguments());
    assertThat(file).content().contains("class StsRules");
    assertThat(Files.getLastModifiedTime(other)).isEqualTo(before);
    assertThat(left).doesNotExist();
  }
}
