package dev.gatehouse.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * The JSON of AWS JSON 1.1 (protocol.md §1). In requests unknown members are ignored, null members
 * and map values count as absent, nothing is converted between types; bodies nested deeper than
 * {@link #DEEPEST} and duplicate keys are refused. In answers absent members are left out.
 */
public final class Json {
  /** How deep objects and lists may be nested. */
  public static final int DEEPEST = 32;

  private static final JsonMapper MAPPER = mapper();

  /** A reader knows its type; the mapper would look it up anew at each call. */
  private static final ClassValue<ObjectReader> READERS =
      new ClassValue<>() {
        @Override
        protected ObjectReader computeValue(Class<?> type) {
          return MAPPER.readerFor(type);
        }
      };

  private Json() {}

  /**
   * Reads one JSON object that fills the body.
   *
   * @throws WireTypeException when the body is not JSON or a member has the wrong type
   */
  public static <T> T read(byte[] body, Class<T> type) {
    try (JsonParser parser = MAPPER.createParser(body)) {
      return read(parser, type);
    }
  }

  /**
   * Reads the JSON of a request.
   *
   * @throws WireTypeException as {@link #read}, and when a text holds U+0000 or half a surrogate
   *     pair, or the body is UTF-16 or UTF-32: the library would guess those, and read past
   *     whatever looks at the bytes
   */
  public static <T> T readRequest(byte[] body, Class<T> type) {
    if (!RequestText.canBeKept(body)) {
      throw new WireTypeException("Strings must be Unicode text without U+0000", "");
    }
    return read(body, type);
  }

  /** Explains while the parser is still open: it knows the token that was not expected. */
  private static <T> T read(JsonParser parser, Class<T> type) {
    try {
      T value = READERS.get(type).readValue(parser);
      if (value == null) {
        throw new WireTypeException(WireTypes.UNEXPECTED, "");
      }
      return value;
    } catch (JacksonException e) {
      throw WireTypes.explain(e, parser.currentToken());
    }
  }

  /** UTF-8. */
  public static byte[] write(Object answer) {
    return MAPPER.writeValueAsBytes(answer);
  }

  private static JsonMapper mapper() {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();
    SimpleModule scalars = new SimpleModule("scalars of AWS JSON");
    scalars.setValueInstantiators(new RecordsByReflection());
    scalars.addSerializer(Instant.class, new EpochSeconds.Writer());
    scalars.addDeserializer(Instant.class, new EpochSeconds.Reader());
    scalars.addSerializer(Blob.class, new Base64Text.Writer());
    scalars.addDeserializer(Blob.class, new Base64Text.Reader());
    return JsonMapper.builder(factory)
        .addModule(scalars)
        .disable(
            MapperFeature.ALLOW_COERCION_OF_SCALARS, MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(
            DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
            DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .enable(
            DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
            DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
        .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
        .withCoercionConfigDefaults(all -> {
          for (CoercionInputShape shape : CoercionInputShape.values()) {
            all.setCoercion(shape, CoercionAction.Fail);
          }
        })
        .withCoercionConfig(
            LogicalType.Textual,
            text -> text.setCoercion(CoercionInputShape.EmptyString, CoercionAction.TryConvert))
        .changeDefaultPropertyInclusion(any ->
            any.withValueInclusion(JsonInclude.Include.NON_NULL)
                .withContentInclusion(JsonInclude.Include.NON_NULL))
        .build();
  }
}
