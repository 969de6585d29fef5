package dev.gatehouse.jose;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import dev.gatehouse.kernel.Secret;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3) and its 2048-bit keys, by one provider: Amazon
 * Corretto Crypto Provider where it runs, else the JDK's. Keys must come from the same object that
 * uses them, so that they need no translation at each signature.
 */
public final class Rs256 {
  private static final String SIGNATURE = "SHA256withRSA";
  private static final int KEY_BITS = 2048;

  private final Provider signatures;
  private final Provider keys;
  private final String name;

  /** Idle ones: to find one anew among the provider's services costs a tenth of a verification. */
  private final Queue<Signature> idle = new ConcurrentLinkedQueue<>();

  private Rs256(Provider signatures, Provider keys, String name) {
    this.signatures = signatures;
    this.keys = keys;
    this.name = name;
  }

  /** The fastest that this machine has. */
  public static Rs256 choose() {
    try {
      AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
      if (corretto.getLoadingError() == null) {
        return new Rs256(
            corretto, corretto, "Amazon Corretto Crypto Provider " + corretto.getVersionStr());
      }
    } catch (LinkageError notForThisMachine) {
      // the jar is made for Linux on x86-64 alone; elsewhere the JDK signs
    }
    return jdk();
  }

  /** The JDK's own, which is always there. */
  public static Rs256 jdk() {
    Provider signatures = Security.getProvider("SunRsaSign");
    if (signatures == null) {
      throw new IllegalStateException("this Java has no provider SunRsaSign");
    }
    return new Rs256(signatures, signatures, "JDK " + Runtime.version().feature());
  }

  /** For the log line at start, e.g. {@code Amazon Corretto Crypto Provider 2.5.0}. */
  public String name() {
    return name;
  }

  /**
   * A new key pair; takes from 30 ms to half a second. Servers take them from a {@link KeyStock}.
   */
  public SigningKey generate() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", keys);
      generator.initialize(KEY_BITS);
      KeyPair pair = generator.generateKeyPair();
      RSAPublicKey publicKey = (RSAPublicKey) pair.getPublic();
      return new SigningKey(
          PublicJwk.of(publicKey), pair.getPrivate(), Secret.of(pair.getPrivate().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no RSA key could be made", e);
    }
  }

  /**
   * A key pair from what {@link SigningKey#kid} and {@link SigningKey#pkcs8} gave.
   *
   * @throws IllegalArgumentException if the bytes are not an RSA-2048 key in PKCS #8
   */
  public SigningKey load(String kid, Secret pkcs8) {
    byte[] bytes = pkcs8.bytes();
    try {
      KeyFactory factory = KeyFactory.getInstance("RSA", keys);
      PrivateKey privateKey = factory.generatePrivate(new PKCS8EncodedKeySpec(bytes));
      if (!(privateKey instanceof RSAPrivateCrtKey crt)
          || crt.getModulus().bitLength() != KEY_BITS) {
        throw new IllegalArgumentException("not an RSA key of 2048 bits");
      }
      PublicKey publicKey =
          factory.generatePublic(new RSAPublicKeySpec(crt.getModulus(), crt.getPublicExponent()));
      return new SigningKey(new PublicJwk(kid, (RSAPublicKey) publicKey), privateKey, pkcs8);
    } catch (InvalidKeySpecException e) {
      // without the cause: its message may quote the bytes
      throw new IllegalArgumentException("not a private key in PKCS #8");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no RSA keys in " + keys.getName(), e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * A public key from its SubjectPublicKeyInfo, as {@link PublicJwk#spki} gave it.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  public PublicJwk loadPublic(String kid, byte[] spki) {
    try {
      KeyFactory factory = KeyFactory.getInstance("RSA", keys);
      return new PublicJwk(
          kid, (RSAPublicKey) factory.generatePublic(new X509EncodedKeySpec(spki)));
    } catch (InvalidKeySpecException e) {
      throw new IllegalArgumentException("not an RSA public key", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no RSA keys in " + keys.getName(), e);
    }
  }

  byte[] sign(PrivateKey key, byte[] input) {
    try {
      Signature signature = take();
      signature.initSign(key);
      signature.update(input);
      byte[] signed = signature.sign();
      idle.offer(signature);
      return signed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing failed", e);
    }
  }

  boolean verify(PublicKey key, byte[] input, byte[] presented) {
    try {
      Signature signature = take();
      signature.initVerify(key);
      signature.update(input);
      boolean right = signature.verify(presented);
      idle.offer(signature);
      return right;
    } catch (SignatureException wrongLength) {
      return false;
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("not a key of " + signatures.getName(), e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("no RS256 in " + signatures.getName(), e);
    }
  }

  /** One that nobody else has; it comes back only if it was used to the end. */
  private Signature take() throws NoSuchAlgorithmException {
    Signature signature = idle.poll();
    return signature == null ? Signature.getInstance(SIGNATURE, signatures) : signature;
  }
}
