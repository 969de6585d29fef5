package dev.gatehouse.userpool;

import dev.gatehouse.userpool.directory.Destination;
import org.jdbi.v3.core.Handle;

/**
 * A message that is ready to leave: sealed already, to be written with the change that it tells
 * about.
 */
public interface Outgoing {
  /** Where it goes, as the answer may show it. */
  Destination destination();

  /** Whether {@link #insert} writes a row: not where only a developer's inbox shows it. */
  boolean travels();

  /** Writes its outbox row; inside the write. */
  void insert(Handle handle);

  /** Lets the sender look at the outbox; after the commit. */
  void committed();
}
