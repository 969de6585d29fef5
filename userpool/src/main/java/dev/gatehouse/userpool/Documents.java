package dev.gatehouse.userpool;

import dev.gatehouse.model.Json;

/**
 * Reads and writes the {@code doc} columns. Every document is a record that carries its version as
 * {@code v}.
 */
public final class Documents {
  private Documents() {}

  public static String write(Object document) {
    return Json.text(document);
  }

  public static <T> T read(String text, Class<T> type) {
    return Json.stored(text, type);
  }
}
