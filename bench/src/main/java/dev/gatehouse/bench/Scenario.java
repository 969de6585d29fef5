package dev.gatehouse.bench;

import java.io.IOException;

/** What is measured: prepares each connection's task. */
@FunctionalInterface
interface Scenario {
  /** One complete operation, over and over; for one thread. */
  @FunctionalInterface
  interface Task {
    void once() throws IOException;
  }

  /**
   * Not measured.
   *
   * @param number the connection's, from 0
   */
  Task on(Connection connection, int number) throws IOException;
}
