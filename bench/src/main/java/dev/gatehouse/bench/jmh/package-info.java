/**
 * JMH benchmarks of the functions that a sign-in spends its time in. {@code ./gatehouse bench jmh}
 * runs them.
 */
@NullMarked
package dev.gatehouse.bench.jmh;

import org.jspecify.annotations.NullMarked;
