package dev.gatehouse.userpool.api;

import dev.gatehouse.store.PageTokens;
import dev.gatehouse.userpool.UserPoolReason.Why;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The pages of a list operation (protocol.md §6): where a page begins, and the token for the next
 * one.
 */
final class Paging {
  /** Entries of a page where the request names no number, or 0. */
  static final int DEFAULT = 60;

  private final PageTokens tokens;

  Paging(PageTokens tokens) {
    this.tokens = tokens;
  }

  /**
   * What of a list is asked for.
   *
   * @param name the list's name, with whatever of the request must be the same for the next page
   * @param scope the pool's id, or {@link dev.gatehouse.store.Vault#SERVER} for lists over pools
   * @param most entries of the page
   * @param token where the page before ended; null for the first
   */
  record Listing(String name, String scope, int most, @Nullable String token) {
    /**
     * @param limit null and 0 mean {@link #DEFAULT}
     */
    static Listing of(String name, String scope, @Nullable Integer limit, @Nullable String token) {
      return new Listing(name, scope, limit == null || limit == 0 ? DEFAULT : limit, token);
    }
  }

  /** Reads entries of a list by keyset, in its order. */
  @FunctionalInterface
  interface Rows<T> {
    /**
     * @param after the key of the last entry before the page; empty for the first page
     */
    List<T> read(Optional<String> after, int most);
  }

  /**
   * A page.
   *
   * @param nextToken null on the last page
   */
  record Page<T>(List<T> entries, @Nullable String nextToken) {
    <R> List<R> map(Function<T, R> shape) {
      return entries.stream().map(shape).toList();
    }
  }

  /**
   * Reads one entry more than the page holds, to know whether it is the last.
   *
   * @param key the key of an entry in the list's order
   * @throws dev.gatehouse.kernel.Refusal PAGE_TOKEN_INVALID for a token of another list or pool,
   *     altered or expired
   */
  <T> Page<T> page(Listing listing, Rows<T> rows, Function<T, String> key) {
    Optional<String> after =
        Optional.ofNullable(listing.token())
            .map(token ->
                tokens
                    .open(listing.name(), listing.scope(), token)
                    .orElseThrow(() -> Why.PAGE_TOKEN_INVALID.refusal()));
    List<T> found = rows.read(after, listing.most() + 1);
    if (found.size() <= listing.most()) {
      return new Page<>(found, null);
    }
    List<T> entries = found.subList(0, listing.most());
    return new Page<>(
        entries, tokens.seal(listing.name(), listing.scope(), key.apply(entries.getLast())));
  }
}
