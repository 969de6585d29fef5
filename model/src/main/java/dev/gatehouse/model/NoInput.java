package dev.gatehouse.model;

/** The request of an operation without members. */
public record NoInput() {}
