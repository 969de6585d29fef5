package dev.gatehouse.jose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/**
 * A certificate of a signing key by itself, for those who want the public key in that form (SAML
 * metadata). It vouches for nothing: whoever takes it must have it from a place they trust.
 */
public final class SelfSignedCertificate {
  private static final int SERIAL_BYTES = 16;
  private static final AlgorithmIdentifier SHA256_WITH_RSA =
      new AlgorithmIdentifier(PKCSObjectIdentifiers.sha256WithRSAEncryption, DERNull.INSTANCE);

  private SelfSignedCertificate() {}

  /**
   * The certificate in DER (RFC 5280 §4.1). The same key, name and times give the same bytes: the
   * serial number follows from the key, and this kind of signature has no chance in it.
   *
   * @param from counted in whole seconds, as is {@code until}
   */
  public static byte[] der(
      Rs256 rs256, SigningKey key, String commonName, Instant from, Instant until) {
    byte[] spki = key.publicJwk().spki();
    X500Name name = new X500Name(new RDN[] {new RDN(BCStyle.CN, new DERUTF8String(commonName))});
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(serial(spki)));
    generator.setSignature(SHA256_WITH_RSA);
    generator.setIssuer(name);
    generator.setSubject(name);
    generator.setStartDate(time(from));
    generator.setEndDate(time(until));
    generator.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(spki));
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      generator.setExtensions(extensions.generate());
      TBSCertificate certificate = generator.generateTBSCertificate();
      byte[] signature = rs256.sign(key.privateKey(), certificate.getEncoded(ASN1Encoding.DER));
      return new DERSequence(
              new ASN1Encodable[] {certificate, SHA256_WITH_RSA, new DERBitString(signature)})
          .getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("JavaUtilDate") // the library's type
  private static Time time(Instant moment) {
    return new Time(Date.from(moment));
  }

  private static BigInteger serial(byte[] spki) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(spki);
      return new BigInteger(1, Arrays.copyOf(digest, SERIAL_BYTES)).setBit(0);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
