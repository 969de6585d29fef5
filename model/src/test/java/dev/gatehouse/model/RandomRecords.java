package dev.gatehouse.model;

import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes records of any generated type, each member present or not by chance. */
final class RandomRecords {
  private final Random random;
  private final double present;
  private int texts;

  RandomRecords(long seed, double present) {
    this.random = new Random(seed);
    this.present = present;
  }

  /** A record whose texts are all different and begin with {@code text-}. */
  Object record(Class<?> type) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    @Nullable Object[] values = new @Nullable Object[components.length];
    Class<?>[] types = new Class<?>[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = random.nextDouble() < present ? value(components[i].getGenericType()) : null;
    }
    var constructor = type.getDeclaredConstructor(types);
    return constructor.newInstance(values);
  }

  private Object value(Type type) throws ReflectiveOperationException {
    if (type instanceof ParameterizedType generic) {
      return collection(generic);
    }
    Class<?> plain = (Class<?>) type;
    if (ApiEnum.class.isAssignableFrom(plain)) {
      Method of = plain.getMethod("of", String.class);
      return of.invoke(null, text());
    }
    if (plain.isRecord()) {
      return record(plain);
    }
    return switch (plain.getSimpleName()) {
      case "String" -> text();
      case "Integer" -> random.nextInt();
      case "Long" -> random.nextLong();
      case "Boolean" -> random.nextBoolean();
      case "Instant" -> Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
      case "Blob" -> Blob.of(text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      case "JsonNode" -> JsonNodeFactory.instance.objectNode().put("a", 1).putNull("b");
      default -> throw new IllegalStateException("no value for " + plain);
    };
  }

  private Object collection(ParameterizedType generic) throws ReflectiveOperationException {
    Type[] parts = generic.getActualTypeArguments();
    int size = random.nextInt(3);
    if (generic.getRawType() == List.class) {
      List<Object> list = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        list.add(value(parts[0]));
      }
      return list;
    }
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      map.put(value(parts[0]), value(parts[1]));
    }
    return map;
  }

  private String text() {
    return "text-" + ++texts + ";";
  }
}
