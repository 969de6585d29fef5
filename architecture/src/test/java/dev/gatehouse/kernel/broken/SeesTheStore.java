package dev.gatehouse.kernel.broken;

import dev.gatehouse.store.Database;

/** The kernel sees nobody, not even the rest of the ground. */
public record SeesTheStore(Database database) {}
