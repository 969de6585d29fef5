package dev.gatehouse.model;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.module.SimpleValueInstantiators;

/**
 * Makes records by {@code Constructor.newInstance}. Jackson's own way, {@code
 * MethodHandle.invokeWithArguments}, adapts the handle anew at each call, which costs more than the
 * parsing of a small request.
 */
final class RecordsByReflection extends SimpleValueInstantiators {
  private static final long serialVersionUID = 1L;

  @Override
  public ValueInstantiator modifyValueInstantiator(
      DeserializationConfig config,
      BeanDescription.Supplier description,
      ValueInstantiator byDefault) {
    Class<?> type = description.getBeanClass();
    return type.isRecord() && byDefault instanceof StdValueInstantiator standard
        ? new Canonical(standard, canonical(type))
        : byDefault;
  }

  private static Constructor<?> canonical(Class<?> type) {
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every record has it", e);
    }
  }

  private static final class Canonical extends StdValueInstantiator {
    private static final long serialVersionUID = 1L;
    private final transient Constructor<?> constructor;

    Canonical(StdValueInstantiator standard, Constructor<?> constructor) {
      super(standard);
      this.constructor = constructor;
    }

    @Override
    public Object createFromObjectWith(DeserializationContext context, Object[] values) {
      try {
        return constructor.newInstance(values);
      } catch (InvocationTargetException thrown) {
        return context.handleInstantiationProblem(
            getValueClass(), values, rewrapCtorProblem(context, thrown.getCause()));
      } catch (InstantiationException | IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
