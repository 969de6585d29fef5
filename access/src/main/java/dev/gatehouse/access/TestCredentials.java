package dev.gatehouse.access;

import dev.gatehouse.kernel.Caller;
import dev.gatehouse.kernel.Secret;
import java.util.Optional;

/**
 * Lets the key {@code test} with the secret {@code test} act as the account's root, as tools for
 * local stand-ins of AWS are often set up. Everybody knows them: wired only where the configuration
 * allows it, which is on loopback alone.
 */
public final class TestCredentials implements AccessKeys {
  private static final String ID = "test";

  private final AccessKeys others;
  private final AccessKey key;

  public TestCredentials(AccessKeys others, String accountId) {
    this.others = others;
    this.key =
        new AccessKey(
            Secret.of("test"),
            new Caller.Signed("arn:aws:iam::" + accountId + ":root", accountId, ID));
  }

  @Override
  public Optional<AccessKey> remembered(String accessKeyId) {
    return accessKeyId.equals(ID) ? Optional.of(key) : others.remembered(accessKeyId);
  }

  @Override
  public Optional<AccessKey> read(String accessKeyId) {
    Optional<AccessKey> stored = others.read(accessKeyId);
    return accessKeyId.equals(ID) ? Optional.of(key) : stored;
  }
}
