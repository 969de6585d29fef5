package dev.gatehouse.wire;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the members that many requests have and that say whom a call concerns. */
final class Members {
  private static final ClassValue<Map<String, Method>> TEXTS =
      new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
          Map<String, Method> texts = new HashMap<>();
          for (RecordComponent component : type.getRecordComponents()) {
            if (component.getType() == String.class) {
              texts.put(component.getName(), component.getAccessor());
            }
          }
          return texts;
        }
      };

  private Members() {}

  /** The text of a member, empty when the request has no such member or no value there. */
  static Optional<String> text(Object request, String member) {
    Method accessor = TEXTS.get(request.getClass()).get(member);
    if (accessor == null) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable((String) accessor.invoke(request));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("records of the model are public", e);
    }
  }

  static Optional<String> poolId(Object request) {
    return text(request, "userPoolId");
  }
}
