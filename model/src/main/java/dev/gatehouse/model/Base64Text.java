package dev.gatehouse.model;

import java.util.Base64;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** Blobs as base64 text, and as nothing else: the library would take a list of numbers as well. */
final class Base64Text {
  private Base64Text() {}

  static final class Writer extends StdSerializer<Blob> {
    Writer() {
      super(Blob.class);
    }

    @Override
    public void serialize(Blob value, JsonGenerator out, SerializationContext context) {
      out.writeBinary(value.toBytes());
    }
  }

  static final class Reader extends StdDeserializer<Blob> {
    Reader() {
      super(Blob.class);
    }

    @Override
    public Blob deserialize(JsonParser in, DeserializationContext context) {
      if (in.currentToken() == JsonToken.VALUE_STRING) {
        try {
          return Blob.of(Base64.getDecoder().decode(in.getString()));
        } catch (IllegalArgumentException notBase64) {
          return context.reportInputMismatch(this, "not base64");
        }
      }
      return context.reportInputMismatch(this, "not a text");
    }
  }
}
