package dev.gatehouse.http;

import dev.gatehouse.kernel.WallClock;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * A certificate authority of this machine's own, for TLS while developing. A developer may let a
 * browser trust it without opening the door to others: it is constrained to names and addresses of
 * the machine itself, and its key is readable by its owner alone.
 */
public final class DevelopmentCa {
  private static final Duration CA_LIFE = Duration.ofDays(3650);
  private static final Duration SERVER_LIFE = Duration.ofDays(397);
  private static final Duration RENEW_BEFORE = Duration.ofDays(30);
  private static final X500Name NAME = new X500Name("CN=Gatehouse development CA");

  private final Path folder;
  private final WallClock clock;
  private final SecureRandom random;

  private DevelopmentCa(Path folder, WallClock clock, SecureRandom random) {
    this.folder = folder;
    this.clock = clock;
    this.random = random;
  }

  /**
   * The authority in a folder; made if there is none.
   *
   * @throws TlsFiles.UnusableException if what is there cannot be used
   */
  public static DevelopmentCa in(Path folder, WallClock clock, SecureRandom random) {
    DevelopmentCa ca = new DevelopmentCa(folder, clock, random);
    try {
      Files.createDirectories(folder);
      if (!Files.exists(ca.certificateFile())) {
        ca.make();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ca;
  }

  /** The authority's certificate as PEM, for those who are to trust it. */
  public Path certificateFile() {
    return folder.resolve("ca.pem");
  }

  /** The server's identity: the one that is there, or a new one when it runs out. */
  public TlsIdentity server() {
    TlsFiles files =
        new TlsFiles(folder.resolve("localhost.pem"), folder.resolve("localhost-key.pem"));
    try {
      if (Files.exists(files.certificates())) {
        TlsIdentity present = files.read();
        Instant end = present.chain().getFirst().getNotAfter().toInstant();
        if (clock.now().plus(RENEW_BEFORE).isBefore(end)) {
          return present;
        }
      }
      issue(files);
      return files.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void make() throws IOException {
    KeyPair pair = keyPair();
    Instant now = clock.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            NAME,
            serial(),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(CA_LIFE)),
            NAME,
            pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    // RFC 5280 §4.2.1.10: "localhost" takes in every name under it
    builder.addExtension(
        Extension.nameConstraints,
        true,
        new NameConstraints(
            new GeneralSubtree[] {
              subtree(GeneralName.dNSName, "localhost"),
              subtree(GeneralName.iPAddress, "127.0.0.0/8"),
              subtree(GeneralName.iPAddress, "::1/128")
            },
            null));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        extensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    X509Certificate certificate = sign(builder, pair);
    // the certificate last: where it is, the key is
    writeSecretly(
        folder.resolve("ca-key.pem"),
        pem(new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded())));
    writeSecretly(certificateFile(), pem(certificate));
  }

  private void issue(TlsFiles files) throws IOException {
    TlsIdentity ca = new TlsFiles(certificateFile(), folder.resolve("ca-key.pem")).read();
    X509Certificate authority = ca.chain().getFirst();
    KeyPair pair = keyPair();
    Instant now = clock.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            authority,
            serial(),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(SERVER_LIFE)),
            new javax.security.auth.x500.X500Principal("CN=localhost"),
            pair.getPublic());
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(
            new GeneralName[] {
              new GeneralName(GeneralName.dNSName, "localhost"),
              new GeneralName(GeneralName.dNSName, "*.localhost"),
              new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
              new GeneralName(GeneralName.iPAddress, "::1")
            }));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        extensionUtils().createAuthorityKeyIdentifier(authority.getPublicKey()));
    X509Certificate certificate = sign(builder, new KeyPair(authority.getPublicKey(), ca.key()));
    Files.deleteIfExists(files.certificates());
    writeSecretly(files.key(), pem(new PemObject("PRIVATE KEY", pair.getPrivate().getEncoded())));
    writeSecretly(files.certificates(), pem(certificate) + pem(authority));
  }

  private KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has P-256", e);
    }
  }

  private BigInteger serial() {
    return new BigInteger(127, random).setBit(0);
  }

  private static GeneralSubtree subtree(int kind, String value) {
    return new GeneralSubtree(new GeneralName(kind, value));
  }

  private static JcaX509ExtensionUtils extensionUtils() {
    try {
      return new JcaX509ExtensionUtils();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has SHA-1 for key identifiers", e);
    }
  }

  private X509Certificate sign(JcaX509v3CertificateBuilder builder, KeyPair issuer)
      throws CertIOException {
    try {
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA")
                      .setSecureRandom(random)
                      .build(issuer.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new CertIOException("the certificate could not be signed", e);
    }
  }

  private static String pem(Object object) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
      writer.writeObject(object);
    }
    return text.toString();
  }

  /** Whole or not at all, and never readable by others, not for a moment. */
  private static void writeSecretly(Path file, String text) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(fresh, text);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
