package dev.gatehouse.store;

import java.time.Instant;

/**
 * What was fixed when the database was begun.
 *
 * @param accountId the twelve digits in every ARN
 */
public record ServerIdentity(String accountId, Instant created) {}
