package dev.gatehouse.app;

import dev.gatehouse.app.ServerOptions.LambdaFunctions;
import dev.gatehouse.crypto.Sealer;
import dev.gatehouse.store.StartRefusedException;
import dev.gatehouse.triggers.FunctionInvoker;
import dev.gatehouse.triggers.kms.ConfiguredKeys;
import dev.gatehouse.triggers.kms.KmsClient;
import dev.gatehouse.triggers.kms.KmsConfig;
import dev.gatehouse.triggers.kms.OwnKeys;
import dev.gatehouse.userpool.UserPoolModule;
import org.jspecify.annotations.Nullable;

/** Module {@code triggers} put together: functions, and keys for codes that go to them. */
final class Invocations implements AutoCloseable {
  /** Those of the file. */
  final OwnKeys keys;

  private final FunctionInvoker functions;
  private final @Nullable KmsClient kms;

  /**
   * @throws StartRefusedException naming the key that is none
   */
  Invocations(GroundFloor ground, LambdaFunctions options) {
    try {
      this.keys = new OwnKeys(options.keys(), new Sealer(ground.random), ground.ids);
    } catch (IllegalArgumentException unusable) {
      throw new StartRefusedException(unusable.getMessage() + ".");
    }
    this.functions =
        new FunctionInvoker(
            options.local(),
            options.endpoint(),
            new FunctionInvoker.Ground(ground.wall, ground.ids, ground.meter));
    KmsConfig config = options.kms();
    this.kms = config == null ? null : new KmsClient(config, ground.wall);
  }

  UserPoolModule.Lambda lambda() {
    return new UserPoolModule.Lambda(functions, new ConfiguredKeys(keys, kms));
  }

  @Override
  public void close() {
    functions.close();
    if (kms != null) {
      kms.close();
    }
  }
}
