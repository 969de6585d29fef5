/**
 * Signing keys, key sets, and the signed tokens with their claims. The only package that imports
 * the JOSE library.
 *
 * <p>Owns the form of a token (compact JWS, RS256, {@code {"kid":…,"alg":"RS256"}}) and of a JWKS
 * document. Does not own: which claims a token holds, when it expires, where keys are kept, when
 * they rotate.
 *
 * <p>Enter at {@link dev.gatehouse.jose.TokenSigner} and {@link dev.gatehouse.jose.TokenVerifier}.
 */
@NullMarked
package dev.gatehouse.jose;

import org.jspecify.annotations.NullMarked;
