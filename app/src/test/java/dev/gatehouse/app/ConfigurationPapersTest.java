package dev.gatehouse.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gatehouse.app.OptionsReader.CommandLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** docs/configuration.md, docs/gatehouse.schema.json and docs/gatehouse.example.yaml. */
class ConfigurationPapersTest {
  private static final String EXAMPLE = "docs/gatehouse.example.yaml";
  private static final Pattern VARIABLE = Pattern.compile("GATEHOUSE_[A-Z_]+");

  private static final JsonNode SCHEMA = ConfigurationSchema.generate();
  private static final Schema VALIDATOR =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(SCHEMA);

  @TempDir Path folder;

  @Test
  void theSchemaIsThatOfTheRecords() throws IOException {
    String text =
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(SCHEMA)
            + "\n";
    Paper.check("gatehouse.schema.json", text);
  }

  @Test
  void thePageHasEveryOptionAndKey() throws IOException {
    Paper.check("configuration.md", ConfigurationPage.of(SCHEMA, Paper.read(EXAMPLE)));
  }

  @Test
  void theExampleIsReadAndFitsTheSchema() throws IOException {
    String example = Paper.read(EXAMPLE);
    assertThat(VALIDATOR.validate(example, InputFormat.YAML)).isEmpty();
    GatehouseConfig config =
        new ConfigFile(name -> Optional.of("of " + name)).read(Paper.root().resolve(EXAMPLE));
    assertThat(Objects.requireNonNull(config.database()).password())
        .matches(password -> password != null && password.text().equals("of DB_PASSWORD"));
    assertThat(config.seed()).isNotNull();
  }

  @Test
  void theExampleHasEveryKey() throws IOException {
    String example = Paper.read(EXAMPLE);
    assertThat(keys(SCHEMA))
        .allSatisfy(key -> assertThat(example).containsPattern("\\b" + key + ":"));
  }

  @Test
  void theSchemaRefusesWhatTheServerRefuses() {
    assertThat(VALIDATOR.validate("prot: 1", InputFormat.YAML)).isNotEmpty();
    assertThat(VALIDATOR.validate("issuer: other", InputFormat.YAML)).isNotEmpty();
    assertThat(VALIDATOR.validate("delivery: {smtp: {host: a}}", InputFormat.YAML)).isNotEmpty();
    assertThat(VALIDATOR.validate("logLevels: {a: loud}", InputFormat.YAML)).isNotEmpty();
  }

  /** Whoever writes all defaults down has what somebody has who writes nothing. */
  @Test
  void theDefaultsOfThePageAreThoseInForce() throws IOException {
    StringBuilder yaml = new StringBuilder();
    defaults(yaml, "", SCHEMA);
    assertThat(yaml).contains("port: 9400").contains("  threshold: 5");
    Path file = Files.writeString(folder.resolve("gatehouse.yaml"), yaml);
    assertThat(read(file)).usingRecursiveComparison().isEqualTo(read(null));
  }

  private static ServerOptions read(@Nullable Path file) {
    return OptionsReader.read(CommandLine.ofData(null, file), Map.of());
  }

  /** Sections that change something by being there are left out. */
  private static void defaults(StringBuilder yaml, String indent, JsonNode object) {
    object
        .path("properties")
        .properties()
        .forEach(property -> {
          String key = property.getKey();
          JsonNode node = property.getValue();
          if (node.has("default")) {
            yaml.append(indent + key + ": " + node.path("default").asString() + "\n");
          } else if (key.equals("lockOut")) {
            yaml.append(indent + key + ":\n");
            defaults(yaml, indent + "  ", node);
          }
        });
  }

  @Test
  void thePageNamesEveryVariableOfTheEnvironment() throws IOException {
    String page = Paper.read("app/src/test/papers/configuration.md");
    Set<String> read = variables(Paper.root().resolve("gatehouse"));
    try (Stream<Path> sources = Files.walk(Paper.root().resolve("app/src/main/java"))) {
      for (Path source : sources.filter(Files::isRegularFile).toList()) {
        read.addAll(variables(source));
      }
    }
    read.remove("GATEHOUSE_BUILT"); // between the build's own tests and the launcher
    assertThat(read).isNotEmpty().allSatisfy(variable -> assertThat(page).contains(variable));
  }

  private static Set<String> variables(Path file) throws IOException {
    return VARIABLE
        .matcher(Files.readString(file))
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> keys(JsonNode object) {
    Set<String> keys = new TreeSet<>();
    object
        .path("properties")
        .properties()
        .forEach(property -> {
          keys.add(property.getKey());
          keys.addAll(keys(property.getValue()));
          keys.addAll(keys(property.getValue().path("items")));
          keys.addAll(keys(property.getValue().path("additionalProperties")));
        });
    return keys;
  }
}
