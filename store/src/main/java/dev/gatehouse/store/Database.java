package dev.gatehouse.store;

import org.jspecify.annotations.Nullable;

/**
 * The one door to what is stored, the same on both engines. Not for use from within its own works.
 * Sealed, so that {@link ConfigCache} hears of every commit of this process.
 */
public sealed interface Database extends AutoCloseable permits Engine {
  /**
   * Runs a work that reads. Every statement sees all that was committed when it began; two
   * statements of one work may see different states, so what has to agree is asked in one
   * statement. Changing statements fail.
   *
   * @throws StoreException when the database cannot be reached
   */
  <T extends @Nullable Object> T read(Work<T> work);

  /**
   * Runs a work in a transaction and answers its value once the commit is durable. Whatever the
   * work throws, a {@link dev.gatehouse.kernel.Refusal} for one, rolls its statements back and
   * comes out here.
   *
   * @throws ConflictException when other transactions were in the way ten times in a row
   * @throws OutcomeUnknownException when the connection broke during the commit and what became of
   *     it could not be found out
   * @throws StoreException when the database cannot be reached or written
   */
  <T extends @Nullable Object> T write(Work<T> work);

  /** Ends what is under way, then lets go of connections, files and locks. */
  @Override
  void close();
}
