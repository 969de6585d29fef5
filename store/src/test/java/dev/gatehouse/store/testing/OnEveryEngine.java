package dev.gatehouse.store.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * Runs the test class once on each engine, with a fresh database each, shared by its methods. The
 * class takes a {@link TestDatabase} as its only constructor parameter or {@code @Parameter} field;
 * it is closed after the last method. {@code -Dgatehouse.engines=SQLITE} leaves PostgreSQL out.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass(name = "{0}")
@ArgumentsSource(EveryEngine.class)
public @interface OnEveryEngine {}
