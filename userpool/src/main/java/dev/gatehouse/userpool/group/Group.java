package dev.gatehouse.userpool.group;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A group of a pool (userpool.md §12).
 *
 * @param incarnation random; a group of the same name that is made after this one was deleted has
 *     another, so that nobody is in it from before
 * @param precedence the lowest number comes first; null comes last
 * @param revision which of the row's states this is; every update moves it
 */
public record Group(
    String poolId,
    String name,
    long incarnation,
    @Nullable Integer precedence,
    @Nullable String roleArn,
    @Nullable String description,
    Instant created,
    Instant modified,
    int revision) {
  /** A group that is made now. */
  public static Group ofNew(
      String poolId,
      String name,
      long incarnation,
      @Nullable Integer precedence,
      @Nullable String roleArn,
      @Nullable String description,
      Instant now) {
    return new Group(poolId, name, incarnation, precedence, roleArn, description, now, now, 0);
  }

  /** The group with the members that are given changed; null leaves what is there. */
  public Group with(
      @Nullable Integer precedence,
      @Nullable String roleArn,
      @Nullable String description,
      Instant now) {
    return new Group(
        poolId,
        name,
        incarnation,
        precedence == null ? this.precedence : precedence,
        roleArn == null ? this.roleArn : roleArn,
        description == null ? this.description : description,
        created,
        now,
        revision);
  }
}
