package dev.gatehouse.model;

/**
 * An error in the vendor's words.
 *
 * @param type e.g. {@code NotAuthorizedException}
 * @param status HTTP status
 */
public record ApiError(String type, String message, int status) {}
