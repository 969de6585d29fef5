package dev.gatehouse.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * This test shows an accepted difference from Cognito; docs/differences.md is written from these. A
 * number belongs to one difference for ever and is not given again.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Differs {
  /** The next free one of docs/differences.md. */
  int number();

  /** What it is about, a few words. */
  String in();

  /** What Cognito does, a sentence. */
  String cognito();

  /** What Gatehouse does, a sentence. */
  String here();

  /** The reason, a sentence. */
  String why();
}
