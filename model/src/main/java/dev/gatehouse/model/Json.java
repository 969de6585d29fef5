package dev.gatehouse.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.type.LogicalType;

/**
 * AWS JSON (protocol.md §1): unknown members ignored, {@code null} is absent, no value is taken for
 * one of another type, duplicate members refused, at most 32 levels; times are seconds since 1970
 * with up to three decimals.
 */
public final class Json {
  private static final int DEPTH = 32;
  private static final int LONGEST_TEXT = 3 * 1024 * 1024;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEPTH)
                          .maxStringLength(LONGEST_TEXT)
                          .maxNumberLength(40)
                          .build())
                  .build())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .withCoercionConfig(
              LogicalType.Textual,
              coercion ->
                  coercion
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .changeDefaultPropertyInclusion(
              before -> before.withValueInclusion(JsonInclude.Include.NON_NULL))
          .addModule(
              new SimpleModule("aws-times")
                  .addSerializer(Instant.class, new EpochSecondsSerializer())
                  .addDeserializer(Instant.class, new EpochSecondsDeserializer()))
          .build();

  private Json() {}

  /**
   * A body that is no JSON, or holds a member of another type than its record has. The message
   * shows no value.
   */
  public static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }

  /**
   * Reads a request.
   *
   * @throws UnreadableException whose message is fit for the client
   */
  public static <T> T read(byte[] body, Class<T> type) throws UnreadableException {
    try {
      T value = MAPPER.readValue(body, type);
      if (value == null) {
        throw new UnreadableException("Unexpected field type");
      }
      return value;
    } catch (DatabindException wrongType) {
      String path = wrongType.getPathReference();
      int member = path.indexOf('[');
      throw new UnreadableException(
          member < 0
              ? "Unexpected field type"
              : "Unexpected field type at "
                  + path.substring(member).replaceAll("[^\\w\\[\\]]", ""));
    } catch (JacksonException notJson) {
      throw new UnreadableException("The request body is not valid JSON.");
    }
  }

  /** Writes an answer; absent members are left out. */
  public static byte[] write(Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** Writes a stored document in the API's own shapes. */
  public static String text(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /** Reads what {@link #text} wrote. */
  public static <T> T stored(String text, Class<T> type) {
    return MAPPER.readValue(text, type);
  }

  private static final class EpochSecondsSerializer extends ValueSerializer<Instant> {
    @Override
    public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
      BigDecimal seconds = BigDecimal.valueOf(value.toEpochMilli(), 3).stripTrailingZeros();
      generator.writeNumber(
          seconds.scale() < 0 ? seconds.setScale(0, RoundingMode.UNNECESSARY) : seconds);
    }
  }

  private static final class EpochSecondsDeserializer extends ValueDeserializer<Instant> {
    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
      if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
          && parser.currentToken() != JsonToken.VALUE_NUMBER_FLOAT) {
        return (Instant)
            context.handleUnexpectedToken(context.constructType(Instant.class), parser);
      }
      return Instant.ofEpochMilli(
          parser.getDecimalValue().movePointRight(3).setScale(0, RoundingMode.DOWN).longValue());
    }
  }
}
