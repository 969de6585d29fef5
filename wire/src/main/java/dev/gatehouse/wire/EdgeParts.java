package dev.gatehouse.wire;

import dev.gatehouse.access.SigV4Verifier;
import dev.gatehouse.kernel.AuditLog;
import dev.gatehouse.kernel.Meter;
import dev.gatehouse.model.ErrorWords;

/** What every endpoint works with. */
public record EdgeParts(
    SigV4Verifier verifier,
    ErrorWords words,
    CallLimits limits,
    UndeclaredErrors undeclared,
    AuditLog audit,
    Meter meter) {}
