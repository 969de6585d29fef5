package dev.gatehouse.model;

/**
 * What the model says about an error.
 *
 * @param type the error's shape, the {@code __type} of AWS JSON
 * @param code the {@code Code} of AWS Query; the type where the model gives no other
 * @param status the HTTP status
 */
public record ErrorModel(String type, String code, int status) {}
