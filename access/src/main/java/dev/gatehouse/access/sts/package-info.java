/**
 * The operations of STS, one class each.
 *
 * <p>Owns nothing stored. Enter at the class of the operation's name.
 */
@NullMarked
package dev.gatehouse.access.sts;

import org.jspecify.annotations.NullMarked;
