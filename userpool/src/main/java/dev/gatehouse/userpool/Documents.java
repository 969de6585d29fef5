package dev.gatehouse.userpool;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gatehouse.model.Json;
import dev.gatehouse.model.WireTypeException;
import dev.gatehouse.store.StoreException;

/**
 * Reads and writes the {@code doc} columns. Every document is a record that carries its version as
 * {@code v}.
 */
public final class Documents {
  private Documents() {}

  public static String write(Object document) {
    return new String(Json.write(document), UTF_8);
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws StoreException when the text is not a document of the type
   */
  public static <T> T read(String text, Class<T> type) {
    try {
      return Json.read(text.getBytes(UTF_8), type);
    } catch (WireTypeException unreadable) {
      throw new StoreException(
          "a stored " + type.getSimpleName() + " does not read: " + unreadable.getMessage());
    }
  }
}
