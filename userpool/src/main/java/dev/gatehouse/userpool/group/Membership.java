package dev.gatehouse.userpool.group;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * That a user is in a group, with what it brings into the user's tokens.
 *
 * @param group the group's name
 * @param precedence the lowest number comes first; null comes last
 */
public record Membership(String group, @Nullable Integer precedence, @Nullable String roleArn) {
  /** By precedence, then by name (tokens.md §2). */
  public static final Comparator<Membership> ORDER =
      Comparator.comparingLong(Membership::rank).thenComparing(Membership::group);

  /** The precedence; a group that has none comes after all others. */
  public long rank() {
    return precedence == null ? Long.MAX_VALUE : precedence;
  }
}
