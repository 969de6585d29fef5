package dev.gatehouse.model;

/**
 * An error as it is answered.
 *
 * @param type the error's shape, e.g. {@code UserNotFoundException}
 * @param message the text for the client
 * @param status the HTTP status
 */
public record ApiError(String type, String message, int status) {}
