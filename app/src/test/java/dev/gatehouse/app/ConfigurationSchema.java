package dev.gatehouse.app;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import dev.gatehouse.app.ServerOptions.Limits;
import dev.gatehouse.kernel.Secret;
import dev.gatehouse.model.cognitoidp.CreateUserPoolClientRequest;
import dev.gatehouse.model.cognitoidp.CreateUserPoolRequest;
import dev.gatehouse.userpool.auth.RefreshFlow.ReusePolicy;
import dev.gatehouse.userpool.pool.Issuers;
import dev.gatehouse.userpool.pool.PoolChecks.TierGates;
import dev.gatehouse.userpool.token.SessionClaim;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of {@code gatehouse.yaml}, from the records that it is bound to. */
final class ConfigurationSchema {
  /** Keys whose text is one of an enum's words; {@link OptionsReader} turns them into it. */
  private static final Map<String, Class<? extends Enum<?>>> WORDS =
      Map.of(
          "issuer", Issuers.Form.class,
          "limits", Limits.class,
          "tierGates", TierGates.class,
          "refreshReuse", ReusePolicy.class,
          "sessionClaim", SessionClaim.class);

  private static final Set<Class<?>> TEXTS = Set.of(Secret.class, Path.class);

  /** Shapes of the API; their members are described there. */
  private static final Set<Class<?>> SHAPES =
      Set.of(CreateUserPoolRequest.class, CreateUserPoolClientRequest.class);

  private ConfigurationSchema() {}

  static JsonNode generate() {
    SchemaGeneratorConfigBuilder builder =
        new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(new JacksonSchemaModule(JacksonOption.SKIP_SUBTYPE_LOOKUP))
            .with(
                Option.INLINE_ALL_SCHEMAS,
                Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT,
                Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
    builder.forTypesInGeneral().withPropertySorter((_, _) -> 0);
    builder
        .forTypesInGeneral()
        .withCustomDefinitionProvider((type, context) ->
            definition(type.getErasedType()).map(CustomDefinition::new).orElse(null));
    builder
        .forFields()
        .withRequiredCheck(field -> !isNullable(field))
        .withEnumResolver(ConfigurationSchema::words)
        .withDefaultResolver(ConfigurationSchema::byDefault);
    return whole(new SchemaGenerator(builder.build()).generateSchema(GatehouseConfig.class));
  }

  /**
   * The library says of a map of sections twice what is in it; the page and editors need it once.
   */
  private static JsonNode whole(JsonNode node) {
    if (node instanceof ObjectNode object) {
      if (object.remove("allOf") instanceof ArrayNode parts) {
        parts.forEach(part -> object.setAll((ObjectNode) part));
      }
    }
    node.forEach(ConfigurationSchema::whole);
    return node;
  }

  private static Optional<ObjectNode> definition(Class<?> type) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    if (TEXTS.contains(type)) {
      return Optional.of(node.put("type", "string"));
    }
    if (SHAPES.contains(type)) {
      return Optional.of(node.put("type", "object").put("additionalProperties", true));
    }
    if (type.isEnum()) {
      node.put("type", "string");
      words(type).forEach(node.putArray("enum")::add);
      return Optional.of(node);
    }
    return Optional.empty();
  }

  private static boolean isNullable(FieldScope field) {
    return field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static @Nullable List<String> words(FieldScope field) {
    boolean ofTheFile = field.getDeclaringType().getErasedType() == GatehouseConfig.class;
    Class<?> words = ofTheFile ? WORDS.get(field.getDeclaredName()) : null;
    return words == null ? null : words(words);
  }

  private static List<String> words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static @Nullable Object byDefault(FieldScope field) {
    JsonProperty property = field.getAnnotationConsideringFieldAndGetter(JsonProperty.class);
    if (property == null || property.defaultValue().isEmpty()) {
      return null;
    }
    String text = property.defaultValue();
    Class<?> type = field.getType().getErasedType();
    return type == Integer.class
        ? Integer.valueOf(text)
        : type == Boolean.class ? Boolean.valueOf(text) : text;
  }
}
