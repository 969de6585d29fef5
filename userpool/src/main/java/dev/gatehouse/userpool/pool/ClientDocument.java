package dev.gatehouse.userpool.pool;

import dev.gatehouse.model.cognitoidp.UserPoolClientType;

/**
 * The stored document of an app client: its settings in the API's own shape, without ids, dates and
 * secrets.
 *
 * @param v version of this document's form
 */
public record ClientDocument(int v, UserPoolClientType settings) {}
