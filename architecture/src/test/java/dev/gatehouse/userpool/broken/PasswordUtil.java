package dev.gatehouse.userpool.broken;

/** A name that keeps nothing out. */
public record PasswordUtil(String anything) {}
