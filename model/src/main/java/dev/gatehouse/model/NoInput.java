package dev.gatehouse.model;

/** The request of an operation whose model has no input. */
public record NoInput() {}
