/** Classes that break the rules of the house on purpose, so that each rule is seen to fail. */
@NullMarked
package dev.gatehouse.kernel.broken;

import org.jspecify.annotations.NullMarked;
