/**
 * ID, access and refresh tokens: issue, verification, rotation and revocation; the pools' signing
 * keys.
 */
@NullMarked
package dev.gatehouse.userpool.token;

import org.jspecify.annotations.NullMarked;
