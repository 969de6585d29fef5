/**
 * The groups of a pool's users: their rows and who is in them. What a membership brings into tokens
 * is in {@code userpool.token}. Enter at {@link dev.gatehouse.userpool.group.GroupStore} and {@link
 * dev.gatehouse.userpool.group.MemberStore}.
 */
@NullMarked
package dev.gatehouse.userpool.group;

import org.jspecify.annotations.NullMarked;
