/** The authentication engine, its flows, and what a sign-in remembers between rounds. */
@NullMarked
package dev.gatehouse.userpool.auth;

import org.jspecify.annotations.NullMarked;
