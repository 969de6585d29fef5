package dev.gatehouse.model;

import org.jspecify.annotations.Nullable;

/**
 * A place inside a request, e.g. {@code userAttributes.1.member}. Written out only for a message.
 */
public final class At {
  /** The request itself. */
  public static final At ROOT = new At(null, "", Echo.SHOWN);

  private final @Nullable At parent;
  private final String step;
  private final Echo echo;

  private At(@Nullable At parent, String step, Echo echo) {
    this.parent = parent;
    this.step = step;
    this.echo = echo;
  }

  /** The structure that member {@code name} holds. */
  public At member(String name, Echo holder) {
    return new At(this, name, echo.and(holder));
  }

  /** Whether values below this place may be shown. */
  Echo echo() {
    return echo;
  }

  String path(String name) {
    StringBuilder out = new StringBuilder();
    write(out);
    return out.append(name).toString();
  }

  private void write(StringBuilder out) {
    if (parent != null) {
      parent.write(out);
      out.append(step).append('.');
    }
  }
}
