package dev.gatehouse.kernel;

/**
 * Why a request is refused: a value without text. Each capability has one sealed implementation;
 * the edges turn it into words (exception type and vendor text, OAuth error, message of a page).
 */
public interface Reason {}
