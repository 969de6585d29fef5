/**
 * Who signed a request: Signature Version 4 verification (header form), access keys and their
 * store, and the operations of STS.
 *
 * <p>Owns the table {@code access_key} and the refusals of signatures. Knows nothing of HTTP status
 * codes or error types: the edges turn a {@link dev.gatehouse.access.SignatureVerdict} into words.
 * Does not decide what a caller may do. Enter at {@link dev.gatehouse.access.SigV4Verifier}.
 */
@NullMarked
package dev.gatehouse.access;

import org.jspecify.annotations.NullMarked;
