package dev.gatehouse.store.testing;

/** What every test of stored things runs on. */
public enum TestEngine {
  SQLITE,
  POSTGRES_READ_COMMITTED,
  POSTGRES_SERIALIZABLE
}
