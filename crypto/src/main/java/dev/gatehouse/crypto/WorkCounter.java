package dev.gatehouse.crypto;

/** Port told of each costly operation, at the moment it begins. Called from any thread. */
@FunctionalInterface
public interface WorkCounter {
  void add(Work work);

  static WorkCounter none() {
    return work -> {};
  }
}
