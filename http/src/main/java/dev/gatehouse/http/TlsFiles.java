package dev.gatehouse.http;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.jspecify.annotations.Nullable;

/**
 * A certificate chain and its key in PEM files, as a certificate authority hands them out.
 *
 * @param certificates the server's certificate, then those that vouch for it
 * @param key not encrypted; PKCS #8, PKCS #1 or SEC 1
 */
public record TlsFiles(Path certificates, Path key) {
  /** Files that cannot serve; the message names the file and shows nothing of it. */
  public static final class UnusableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableException(String message, @Nullable Exception cause) {
      super(message, cause);
    }
  }

  /**
   * Reads both files.
   *
   * @throws UnusableException if one is not there, is not what it should be, or they do not belong
   *     together
   */
  public TlsIdentity read() {
    TlsIdentity identity = new TlsIdentity(readKey(), readChain());
    if (!belongTogether(identity)) {
      throw new UnusableException(
          "the key in " + key + " is not that of the first certificate in " + certificates, null);
    }
    return identity;
  }

  private List<X509Certificate> readChain() {
    List<X509Certificate> chain = new ArrayList<>();
    for (Object object : objects(certificates)) {
      if (object instanceof X509CertificateHolder holder) {
        try {
          chain.add(new JcaX509CertificateConverter().getCertificate(holder));
        } catch (GeneralSecurityException e) {
          throw new UnusableException("a certificate in " + certificates + " is not valid", e);
        }
      }
    }
    if (chain.isEmpty()) {
      throw new UnusableException(certificates + " holds no certificate", null);
    }
    return chain;
  }

  private PrivateKey readKey() {
    try {
      for (Object object : objects(key)) {
        if (object instanceof PrivateKeyInfo info) {
          return privateKey(info);
        }
        if (object instanceof PEMKeyPair pair) {
          return privateKey(pair.getPrivateKeyInfo());
        }
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new UnusableException("the key in " + key + " is not valid", e);
    }
    throw new UnusableException(key + " holds no private key that is not encrypted", null);
  }

  private static PrivateKey privateKey(PrivateKeyInfo info)
      throws GeneralSecurityException, IOException {
    ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
    String name =
        algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)
            ? "EC"
            : algorithm.equals(PKCSObjectIdentifiers.rsaEncryption) ? "RSA" : algorithm.getId();
    return KeyFactory.getInstance(name).generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
  }

  private static List<Object> objects(Path file) {
    List<Object> result = new ArrayList<>();
    try (Reader reader = Files.newBufferedReader(file);
        PEMParser parser = new PEMParser(reader)) {
      for (Object next = parser.readObject(); next != null; next = parser.readObject()) {
        result.add(next);
      }
      return result;
    } catch (PEMException e) {
      throw new UnusableException(file + " is not valid PEM", e);
    } catch (IOException | UncheckedIOException e) {
      throw new UnusableException(file + " cannot be read", e);
    }
  }

  private static boolean belongTogether(TlsIdentity identity) {
    String algorithm =
        switch (identity.key().getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC", "ECDSA" -> "SHA256withECDSA";
          default -> identity.key().getAlgorithm();
        };
    try {
      byte[] probe = {1, 2, 3};
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(identity.key());
      signature.update(probe);
      byte[] signed = signature.sign();
      signature.initVerify(identity.chain().getFirst().getPublicKey());
      signature.update(probe);
      return signature.verify(signed);
    } catch (GeneralSecurityException different) {
      return false;
    }
  }
}
