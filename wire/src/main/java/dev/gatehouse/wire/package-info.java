/**
 * AWS JSON 1.1 and AWS Query over HTTP: one pipeline that decodes, verifies the caller, throttles,
 * validates, calls the handler and encodes the answer or the error.
 *
 * <p>Owns the envelopes and headers of protocol.md §1 to §3 and sts-iam.md §1. Knows operations
 * only as rows of a {@link dev.gatehouse.wire.ServiceTable}; what they do is elsewhere. Enter at
 * {@link dev.gatehouse.wire.RootHandler} and {@link dev.gatehouse.wire.WellKnownHandler}.
 */
@NullMarked
package dev.gatehouse.wire;

import org.jspecify.annotations.NullMarked;
