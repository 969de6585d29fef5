/**
 * Amazon Cognito's user pools: pools, clients, directory, sign-up, the authentication engine,
 * tokens.
 *
 * <p>Does not own the wire format (module {@code wire}), hosted pages ({@code login}) or the
 * sending of messages ({@code delivery}). Enter at {@link
 * dev.gatehouse.userpool.UserPoolOperations}, the operation table, and {@link
 * dev.gatehouse.userpool.auth.AuthEngine}.
 */
@NullMarked
package dev.gatehouse.userpool;

import org.jspecify.annotations.NullMarked;
