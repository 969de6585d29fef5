package dev.gatehouse.userpool.broken;

/** Named like an operation and none. */
public record SignUp(String username) {}
