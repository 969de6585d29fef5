package dev.gatehouse.kernel;

/** AWS region names as they appear in ids and credential scopes. */
public final class Region {
  public static final String DEFAULT = "us-east-1";

  private Region() {}

  /**
   * The region that a pool id begins with: {@code eu-west-1} of {@code eu-west-1_aB3dE5fG7}; {@code
   * ""} when there is none.
   */
  public static String ofPool(String poolId) {
    int at = poolId.indexOf('_');
    return at < 0 ? "" : poolId.substring(0, at);
  }
}
