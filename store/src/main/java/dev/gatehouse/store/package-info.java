/**
 * Where everything is kept: {@link dev.gatehouse.store.Database} with its two methods on two
 * engines, the migrations, sealed values and their keys ({@link dev.gatehouse.store.Vault}), the
 * one cache ({@link dev.gatehouse.store.ConfigCache}).
 *
 * <p>Owns the connections, the writer thread, retries, the data folder and the server's own tables
 * (V1). Does not own the tables of the capabilities: the SQL and the row mappers of users, clients
 * or messages live with their module, whose migrations lie in {@code db/migration} of its own jar.
 * Enter at {@link dev.gatehouse.store.Databases}.
 */
@NullMarked
package dev.gatehouse.store;

import org.jspecify.annotations.NullMarked;
