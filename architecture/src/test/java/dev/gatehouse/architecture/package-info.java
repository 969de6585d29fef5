/**
 * The rules of the house, held against every production class: rings, libraries, clocks, secrets,
 * names, sizes. Owns no code of the server. Enter at {@link
 * dev.gatehouse.architecture.RingsArchitectureTest}; what breaks each rule on purpose stands in the
 * packages {@code …broken}.
 */
@NullMarked
package dev.gatehouse.architecture;

import org.jspecify.annotations.NullMarked;
