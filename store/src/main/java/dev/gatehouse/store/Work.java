package dev.gatehouse.store;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What is done with the database in one go. Inside {@link Database#write} it may run twice and on
 * another thread: it uses its arguments and the handle only (see {@link
 * dev.gatehouse.kernel.WriteGuard}), begins, commits and rolls back nothing, and keeps neither the
 * handle nor anything lazy that was read through it.
 */
@FunctionalInterface
public interface Work<T extends @Nullable Object> {
  T run(Handle handle);
}
