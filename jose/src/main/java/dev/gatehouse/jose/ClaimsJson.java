package dev.gatehouse.jose;

import dev.gatehouse.jose.ClaimValue.Decimal;
import dev.gatehouse.jose.ClaimValue.Flag;
import dev.gatehouse.jose.ClaimValue.Items;
import dev.gatehouse.jose.ClaimValue.Members;
import dev.gatehouse.jose.ClaimValue.Nothing;
import dev.gatehouse.jose.ClaimValue.Text;
import dev.gatehouse.jose.ClaimValue.Whole;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Claims to JSON and back, with the streaming parser alone: no binding, no reflection, and each
 * decision about what is accepted stands here.
 */
final class ClaimsJson {
  private static final int MAX_DEPTH = 32;
  private static final int TYPICAL_BYTES = 1024;
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private ClaimsJson() {}

  static byte[] write(Claims claims) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_BYTES);
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      writeObject(generator, claims);
    }
    return bytes.toByteArray();
  }

  private static void writeObject(JsonGenerator generator, Claims claims) {
    generator.writeStartObject();
    for (Map.Entry<String, ClaimValue> claim : claims.values().entrySet()) {
      generator.writeName(claim.getKey());
      writeValue(generator, claim.getValue());
    }
    generator.writeEndObject();
  }

  private static void writeValue(JsonGenerator generator, ClaimValue claimValue) {
    switch (claimValue) {
      case Text(var value) -> generator.writeString(value);
      case Whole(var value) -> generator.writeNumber(value);
      case Decimal(var value) -> generator.writeNumber(value);
      case Flag(var value) -> generator.writeBoolean(value);
      case Nothing() -> generator.writeNull();
      case Items(var values) -> {
        generator.writeStartArray();
        values.forEach(value -> writeValue(generator, value));
        generator.writeEndArray();
      }
      case Members(var claims) -> writeObject(generator, claims);
    }
  }

  static Optional<Claims> read(byte[] json) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Claims claims = readObject(parser);
      return parser.nextToken() == null ? Optional.of(claims) : Optional.empty();
    } catch (JacksonException | ArithmeticException refused) {
      return Optional.empty();
    }
  }

  private static Claims readObject(JsonParser parser) {
    Claims.Builder claims = Claims.builder();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      claims.put(name, readValue(parser));
    }
    return claims.build();
  }

  private static ClaimValue readValue(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_STRING -> new Text(parser.getString());
      case VALUE_TRUE -> new Flag(true);
      case VALUE_FALSE -> new Flag(false);
      case VALUE_NULL -> new Nothing();
      case VALUE_NUMBER_INT -> {
        JsonParser.NumberType type = parser.getNumberType();
        yield type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG
            ? new Whole(parser.getLongValue())
            : new Decimal(parser.getDecimalValue());
      }
      case VALUE_NUMBER_FLOAT -> new Decimal(parser.getDecimalValue());
      case START_OBJECT -> new Members(readObject(parser));
      case START_ARRAY -> {
        List<ClaimValue> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          items.add(readValue(parser));
        }
        yield new Items(items);
      }
      default -> throw new IllegalStateException("no value at a value's place");
    };
  }
}
