package dev.gatehouse.crypto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The native forms that this machine has; a test that wants one is skipped where it is absent. */
final class NativeForms {
  private NativeForms() {}

  static Optional<Argon2id> sodium() {
    return ifThere(SodiumArgon2id::new);
  }

  static Optional<Argon2id> reference() {
    return ifThere(ReferenceArgon2id::new);
  }

  static Optional<OpenSslGroup> openSsl() {
    return ifThere(() -> new OpenSslGroup(SrpGroup.RFC_5054_3072));
  }

  /** Bouncy Castle and whatever else there is. */
  static List<Argon2id> argon2ids() {
    List<Argon2id> all = new ArrayList<>(List.of(new BouncyCastleArgon2id()));
    sodium().ifPresent(all::add);
    reference().ifPresent(all::add);
    return all;
  }

  private static <T> Optional<T> ifThere(Supplier<? extends T> maker) {
    try {
      return Optional.of(maker.get());
    } catch (LinkageError absent) {
      return Optional.empty();
    }
  }
}
