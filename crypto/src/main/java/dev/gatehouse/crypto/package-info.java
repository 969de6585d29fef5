/**
 * The costly and the delicate primitives, each behind one small interface: password hashing ({@link
 * dev.gatehouse.crypto.PasswordHasher}), the exponentiations of SRP and SRP-6a itself ({@link
 * dev.gatehouse.crypto.Srp6a}), the client's secret hash, HKDF and HMAC, and sealing under rotating
 * keys ({@link dev.gatehouse.crypto.Sealer}). Each has a pure Java form that always works; a native
 * form with the same vectors is taken when its library is there.
 *
 * <p>Owns no key and stores nothing: callers bring keys and keep results. Signatures and tokens are
 * {@code jose}'s. Java's {@code BigInteger} cannot be wiped; what is secret lives in it for the
 * time of one request only.
 *
 * <p>Enter at {@link dev.gatehouse.crypto.Primitives}, which chooses the implementations.
 */
@NullMarked
package dev.gatehouse.crypto;

import org.jspecify.annotations.NullMarked;
