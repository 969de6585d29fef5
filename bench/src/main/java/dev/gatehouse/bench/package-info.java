/**
 * Measures a server from outside: the load program behind {@code ./gatehouse bench}, the loader of
 * growth runs and the arithmetic that figures are compared with. Owns no part of the server and
 * nothing of it depends on this module. Enter at {@link dev.gatehouse.bench.Main}.
 */
@NullMarked
package dev.gatehouse.bench;

import org.jspecify.annotations.NullMarked;
