/**
 * Passkeys: their registration, their store, and the judgement of what an authenticator answers
 * (WebAuthn Level 3). Enter at {@link dev.gatehouse.userpool.passkey.PasskeyRegistration} and
 * {@link dev.gatehouse.userpool.passkey.PasskeyVerifier}. Whether a passkey may sign a user in is
 * decided in {@code auth}.
 */
@NullMarked
package dev.gatehouse.userpool.passkey;

import org.jspecify.annotations.NullMarked;
