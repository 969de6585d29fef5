/**
 * What every module may use: the two clocks, ids, secrets, the request's context, ARNs, refusals,
 * and the ports {@link dev.gatehouse.kernel.AuditLog} and {@link dev.gatehouse.kernel.Meter}.
 *
 * <p>Owns no behaviour of Cognito, opens no file and no socket. Enter at {@link
 * dev.gatehouse.kernel.RequestContext}.
 */
@NullMarked
package dev.gatehouse.kernel;

import org.jspecify.annotations.NullMarked;
