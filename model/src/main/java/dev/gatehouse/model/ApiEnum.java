package dev.gatehouse.model;

/** A value of a model's enum; the text may be one that the model does not list. */
public interface ApiEnum {
  String value();
}
