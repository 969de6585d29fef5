package dev.gatehouse.model;

import java.math.BigDecimal;
import java.time.Instant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/** Timestamps as seconds since 1970 with up to three decimals. */
final class EpochSeconds {
  /** Beyond the year 30,000 either way nothing sensible lies, and arithmetic might overflow. */
  private static final double FARTHEST = 1e12;

  private EpochSeconds() {}

  static final class Writer extends StdSerializer<Instant> {
    Writer() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
      long millis = value.toEpochMilli();
      if (millis % 1000 == 0) {
        out.writeNumber(millis / 1000);
      } else {
        out.writeNumber(BigDecimal.valueOf(millis, 3).stripTrailingZeros());
      }
    }
  }

  static final class Reader extends StdDeserializer<Instant> {
    Reader() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser in, DeserializationContext context) {
      if (in.currentToken().isNumeric()) {
        // not as BigDecimal: 1e999999999 would be written out in full
        double seconds = in.getDoubleValue();
        if (Math.abs(seconds) < FARTHEST) {
          return Instant.ofEpochMilli(Math.round(seconds * 1000));
        }
      }
      return context.reportInputMismatch(this, "not a timestamp");
    }
  }
}
