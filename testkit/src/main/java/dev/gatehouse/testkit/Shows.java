package dev.gatehouse.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** This test shows one clause of a promised behaviour. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(Shows.All.class)
public @interface Shows {
  /** The behaviour's id, as in docs/behaviour.md, e.g. {@code auth-03}. */
  String id();

  /** The clause, in our own words. */
  String says();

  /** Container of {@link Shows}. */
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  @interface All {
    Shows[] value();
  }
}
