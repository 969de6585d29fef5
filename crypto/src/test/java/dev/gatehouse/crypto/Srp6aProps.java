package dev.gatehouse.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.kernel.Secret;
import java.math.BigInteger;
import java.security.SecureRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Server and client agree whatever the names, salts, passwords and exponents. */
class Srp6aProps {
  private final Primitives primitives = Primitives.choose();
  private final Srp6a srp =
      new Srp6a(
          primitives.modExp(), primitives.generator(), new SecureRandom(), WorkCounter.none());

  @Property(tries = 60)
  void serverAndClientAgree(
      @ForAll @StringLength(max = 40) String pool,
      @ForAll @StringLength(max = 40) String user,
      @ForAll @StringLength(max = 256) String password,
      @ForAll @Size(16) byte[] salt,
      @ForAll @Size(32) byte[] b,
      @ForAll @Size(min = 1, max = 128) byte[] a) {
    SrpIdentity identity = new SrpIdentity(pool, user);
    Secret secret = Secret.of(password);
    SrpVerifier verifier = srp.verifier(identity, salt, secret);
    ServerEphemeral ephemeral = srp.ephemeral(Secret.of(b), verifier);
    SrpClient client = new SrpClient(new BigInteger(1, a));
    Secret ofServer =
        srp.sessionKey(Srp6a.parseA(client.hexA()).orElseThrow(), ephemeral, verifier);
    Secret ofClient = client.sessionKey(identity, secret, Srp6a.saltHex(salt), ephemeral.hex());
    assertThat(ofServer.matches(ofClient)).isTrue();
  }
}
