package dev.gatehouse.app;

import dev.gatehouse.kernel.Secret;
import dev.gatehouse.store.StartRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads {@code gatehouse.yaml}. Unknown keys are refused with their line and the nearest key that
 * there is; a secret may be {@code ${NAME}} of the environment or {@code file:PATH}.
 */
final class ConfigFile {
  private final YAMLMapper mapper;
  private final YAMLFactory factory;

  /**
   * @param environment gives the value of an environment variable
   */
  ConfigFile(Function<String, Optional<String>> environment) {
    this.factory =
        YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    this.mapper =
        YAMLMapper.builder(factory)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .addModule(
                new SimpleModule("gatehouse-config")
                    .addDeserializer(Secret.class, new SecretDeserializer(environment)))
            .build();
  }

  /**
   * Reads a file.
   *
   * @throws StartRefusedException with a text that names file, line and key
   */
  GatehouseConfig read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new StartRefusedException(
          "The configuration file "
              + file
              + (Files.exists(file) ? " cannot be read: " + e.getMessage() : " does not exist."),
          e);
    }
    return parse(text, file.toString());
  }

  GatehouseConfig parse(String text, String name) {
    try {
      if (saysNothing(text)) {
        return GatehouseConfig.defaults();
      }
      GatehouseConfig config = mapper.readValue(text, GatehouseConfig.class);
      return config == null ? GatehouseConfig.defaults() : config;
    } catch (UnrecognizedPropertyException unknown) {
      throw new StartRefusedException(
          name
              + line(text, pointer(unknown))
              + ": unknown key '"
              + unknown.getPropertyName()
              + "'"
              + nearest(unknown.getPropertyName(), unknown.getKnownPropertyIds())
                  .map(key -> "; did you mean '" + key + "'?")
                  .orElse("."));
    } catch (DatabindException wrong) {
      throw new StartRefusedException(
          name + line(text, pointer(wrong)) + ": " + pointer(wrong) + ": " + expected(wrong));
    } catch (JacksonException broken) {
      throw new StartRefusedException(
          name
              + (broken.getLocation() == null ? "" : ", line " + broken.getLocation().getLineNr())
              + ": "
              + broken.getOriginalMessage());
    }
  }

  /** What should stand there, in the words of the page and not of Java. */
  private static String expected(DatabindException wrong) {
    Class<?> type = wrong instanceof MismatchedInputException m ? m.getTargetType() : null;
    if (type == null) {
      return wrong.getOriginalMessage();
    }
    if (type.isEnum()) {
      return "is one of "
          + Arrays.stream(type.getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
    }
    if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return "is a whole number";
    }
    if (type == Boolean.class) {
      return "is true or false";
    }
    if (type == String.class || type == Secret.class) {
      return "is a text";
    }
    return List.class.isAssignableFrom(type) ? "is a list" : "is a block of keys";
  }

  /** Empty, or remarks alone. */
  private boolean saysNothing(String text) {
    try (JsonParser parser = mapper.createParser(text)) {
      return parser.nextToken() == null;
    }
  }

  private static String pointer(DatabindException exception) {
    StringBuilder result = new StringBuilder();
    for (var reference : exception.getPath()) {
      result
          .append('/')
          .append(
              reference.getPropertyName() != null
                  ? reference.getPropertyName()
                  : String.valueOf(reference.getIndex()));
    }
    return result.toString();
  }

  /** A second pass with the streaming parser finds the line that the binder does not know. */
  private String line(String text, String pointer) {
    try (JsonParser parser = mapper.createParser(text)) {
      JsonToken token;
      while ((token = parser.nextToken()) != null) {
        if (token == JsonToken.PROPERTY_NAME
            && parser.streamReadContext().pathAsPointer().toString().equals(pointer)) {
          return ", line " + parser.currentTokenLocation().getLineNr();
        }
      }
    } catch (JacksonException unreadable) {
      return "";
    }
    return "";
  }

  private static Optional<String> nearest(String key, Collection<Object> known) {
    return known == null
        ? Optional.empty()
        : known.stream()
            .map(String::valueOf)
            .min(Comparator.comparingInt(candidate -> distance(key, candidate)))
            .filter(candidate -> distance(key, candidate) <= Math.max(2, key.length() / 2));
  }

  /** Edits between two words (Levenshtein), without regard to case. */
  private static int distance(String one, String other) {
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        boolean same =
            Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
        row[j] = Math.min(Math.min(row[j - 1], previous[j]) + 1, previous[j - 1] + (same ? 0 : 1));
      }
      previous = row;
    }
    return previous[other.length()];
  }

  private static final class SecretDeserializer extends ValueDeserializer<Secret> {
    private final Function<String, Optional<String>> environment;

    SecretDeserializer(Function<String, Optional<String>> environment) {
      this.environment = environment;
    }

    @Override
    public Secret deserialize(JsonParser parser, DeserializationContext context) {
      String text = parser.getString();
      if (text.startsWith("${") && text.endsWith("}")) {
        String name = text.substring(2, text.length() - 1);
        return Secret.of(
            environment
                .apply(name)
                .orElseThrow(() ->
                    new StartRefusedException(
                        "The environment variable " + name + " is not set.")));
      }
      if (text.startsWith("file:")) {
        Path file = Path.of(text.substring("file:".length()));
        try {
          return Secret.of(Files.readString(file).strip());
        } catch (IOException e) {
          throw new StartRefusedException("The secret file " + file + " cannot be read: " + e, e);
        }
      }
      return Secret.of(text);
    }
  }
}
