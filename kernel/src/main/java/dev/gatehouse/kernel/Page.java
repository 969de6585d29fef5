package dev.gatehouse.kernel;

import java.util.List;
import java.util.Optional;

/**
 * One page of a keyset-paged list.
 *
 * @param next the key of the last row of this page when more rows may follow
 */
public record Page<T>(List<T> items, Optional<String> next) {
  public Page {
    items = List.copyOf(items);
  }
}
