/**
 * Brings messages to people: the outbox that a change is written with, the transports for e-mail
 * and SMS, and the inbox in which a developer reads what would have been sent.
 *
 * <p>Does not own what a message says ({@code userpool}'s templates) nor who gets one. Enter at
 * {@link dev.gatehouse.delivery.Outbox}.
 */
@NullMarked
package dev.gatehouse.delivery;

import org.jspecify.annotations.NullMarked;
