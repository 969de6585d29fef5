/**
 * What the operator sees: metrics in Prometheus form, health, and the audit log; implements the
 * kernel's ports {@code Meter} and {@code AuditLog}.
 *
 * <p>Owns no behaviour of the product. Enter at {@link dev.gatehouse.operations.PrometheusMeter},
 * {@link dev.gatehouse.operations.Health} and {@link dev.gatehouse.operations.AuditFile}.
 */
@NullMarked
package dev.gatehouse.operations;

import org.jspecify.annotations.NullMarked;
