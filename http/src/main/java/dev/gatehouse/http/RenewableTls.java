package dev.gatehouse.http;

import java.security.GeneralSecurityException;
import java.security.KeyManagementException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS whose certificate can be changed while it serves, and whose handshakes end in time: an engine
 * is made in its connection's thread, before the handshake.
 */
final class RenewableTls extends SSLContextSpi {
  private final Deadlines deadlines;
  private volatile SSLContext current;

  RenewableTls(TlsIdentity identity, Deadlines deadlines) {
    this.current = context(identity);
    this.deadlines = deadlines;
  }

  /** The context to give to the HTTP server. */
  SSLContext asContext() {
    return new SSLContext(this, current.getProvider(), current.getProtocol()) {};
  }

  /** Handshakes from now on show another certificate. */
  void renew(TlsIdentity identity) {
    current = context(identity);
  }

  private static SSLContext context(TlsIdentity identity) {
    char[] unused = new char[0];
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry(
          "server", identity.key(), unused, identity.chain().toArray(X509Certificate[]::new));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, unused);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | java.io.IOException e) {
      throw new IllegalArgumentException("the TLS identity cannot be used", e);
    }
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    deadlines.begin();
    return current.createSSLEngine();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    deadlines.begin();
    return current.createSSLEngine(host, port);
  }

  @Override
  protected void engineInit(
      KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
      throws KeyManagementException {
    throw new KeyManagementException("made ready already");
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    return current.getSocketFactory();
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    return current.getServerSocketFactory();
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    return current.getServerSessionContext();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    return current.getClientSessionContext();
  }
}
