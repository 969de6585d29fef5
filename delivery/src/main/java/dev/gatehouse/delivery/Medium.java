package dev.gatehouse.delivery;

/** How a message travels. */
public enum Medium {
  EMAIL,
  SMS
}
