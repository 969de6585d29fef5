/** Functions for tests: a real process whose answers the test decides. */
@NullMarked
package dev.gatehouse.triggers.testing;

import org.jspecify.annotations.NullMarked;
