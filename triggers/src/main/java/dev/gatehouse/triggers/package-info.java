/**
 * Invokes functions as AWS Lambda does: by its Invoke API at a configured endpoint, or as processes
 * of this machine that speak the Runtime API.
 *
 * <p>Does not own what an event says or an answer means (module {@code userpool} for triggers, the
 * gateway for its events). Enter at {@link dev.gatehouse.triggers.Functions}, the port, and {@link
 * dev.gatehouse.triggers.FunctionInvoker}, which stands behind it.
 */
@NullMarked
package dev.gatehouse.triggers;

import org.jspecify.annotations.NullMarked;
