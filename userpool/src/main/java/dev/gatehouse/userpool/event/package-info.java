/**
 * What happened to users of pools with threat protection: recorded together with what happened, and
 * listed by AdminListUserAuthEvents (userpool.md §18).
 *
 * <p>Does not own risk ratings and feedback. Enter at {@link
 * dev.gatehouse.userpool.event.AuthEvents}.
 */
@NullMarked
package dev.gatehouse.userpool.event;

import org.jspecify.annotations.NullMarked;
