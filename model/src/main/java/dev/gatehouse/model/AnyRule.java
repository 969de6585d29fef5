package dev.gatehouse.model;

import java.util.List;

/** No constraint. */
record AnyRule(Echo echo) implements Rule<Object> {
  @Override
  public List<String> broken(Object value) {
    return List.of();
  }

  @Override
  public List<String> all() {
    return List.of();
  }
}
