package dev.gatehouse.wire.broken;

import dev.gatehouse.operations.AuditFile;

/** Edges do not see one another, {@code http} excepted. */
public record SeesAnotherEdge(AuditFile audit) {}
