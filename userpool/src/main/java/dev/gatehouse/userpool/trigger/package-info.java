/**
 * A pool's Lambda functions as triggers: the event of each, what its answer may say, what becomes
 * of an answer that cannot be used (triggers.md).
 *
 * <p>Does not own how a function is reached (module {@code triggers}) or when it is called (the
 * operations and the engine). Enter at {@link dev.gatehouse.userpool.trigger.LambdaTriggers}.
 */
@NullMarked
package dev.gatehouse.userpool.trigger;

import org.jspecify.annotations.NullMarked;
