package dev.gatehouse.jose;

/**
 * A token that one of the given keys signed. Whether it has expired, is revoked, or is of the
 * wanted kind is for the caller to judge.
 */
public record VerifiedToken(String kid, Claims claims) {}
