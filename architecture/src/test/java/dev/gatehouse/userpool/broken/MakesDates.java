package dev.gatehouse.userpool.broken;

import java.util.Date;

/** The old way to ask the machine's clock. */
public final class MakesDates {
  private MakesDates() {}

  @SuppressWarnings("JavaUtilDate")
  public static Date now() {
    return new Date();
  }
}
