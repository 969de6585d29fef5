package dev.gatehouse.model;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Puts what the JSON library found wrong into AWS's words. Its own messages are never passed on:
 * they repeat parts of the body.
 */
final class WireTypes {
  static final String UNEXPECTED = "Unexpected field type";

  private WireTypes() {}

  static WireTypeException explain(JacksonException found, @Nullable JsonToken token) {
    return switch (found) {
      case MismatchedInputException mismatch ->
          new WireTypeException(mismatch(token, mismatch.getTargetType()), path(found));
      case InputCoercionException number ->
          new WireTypeException(
              mismatch(JsonToken.VALUE_NUMBER_INT, number.getTargetType()), path(found));
      case StreamConstraintsException limit ->
          new WireTypeException("The request body is nested too deep or too large", "");
      default -> new WireTypeException("The request body is not valid JSON", "");
    };
  }

  private static String mismatch(@Nullable JsonToken found, @Nullable Class<?> wanted) {
    if (found == null) {
      return UNEXPECTED;
    }
    return switch (found) {
      // an object where a text should be: the library has looked into it already
      case START_OBJECT, END_OBJECT, PROPERTY_NAME ->
          "Start of structure or map found where not expected.";
      case START_ARRAY -> "Start of list found where not expected.";
      case VALUE_STRING -> scalar("STRING_VALUE", wanted);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar("NUMBER_VALUE", wanted);
      case VALUE_TRUE -> scalar("TRUE_VALUE", wanted);
      case VALUE_FALSE -> scalar("FALSE_VALUE", wanted);
      default -> UNEXPECTED;
    };
  }

  private static String scalar(String found, @Nullable Class<?> wanted) {
    String name = wanted == null ? "" : name(wanted);
    return name.isEmpty() ? UNEXPECTED : found + " can not be converted to " + name;
  }

  /** Empty for what no scalar can be converted to. */
  private static String name(Class<?> wanted) {
    if (wanted == String.class || ApiEnum.class.isAssignableFrom(wanted)) {
      return "a String";
    }
    if (wanted == Integer.class || wanted == int.class) {
      return "an Integer";
    }
    if (wanted == Long.class || wanted == long.class) {
      return "a Long";
    }
    if (wanted == Boolean.class || wanted == boolean.class) {
      return "a Boolean";
    }
    if (wanted == Instant.class) {
      return "a Timestamp";
    }
    return wanted == Blob.class ? "a Blob" : "";
  }

  /** As in validation messages; a map's key is the client's text and is left out. */
  private static String path(JacksonException found) {
    List<JacksonException.Reference> references = found.getPath();
    StringBuilder out = new StringBuilder();
    for (JacksonException.Reference reference : references) {
      if (reference.from() instanceof Collection<?>) {
        out.append('.').append(reference.getIndex() + 1).append(".member");
      } else if (reference.from() instanceof Map<?, ?>) {
        out.append(".value");
      } else if (reference.getPropertyName() != null) {
        out.append(out.isEmpty() ? "" : ".").append(lowered(reference.getPropertyName()));
      }
    }
    return out.toString();
  }

  private static String lowered(String member) {
    return member.substring(0, 1).toLowerCase(Locale.ROOT) + member.substring(1);
  }
}
