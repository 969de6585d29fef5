package dev.gatehouse.userpool.broken.util;

/** A package that keeps nothing out. */
public record Padding(String anything) {}
