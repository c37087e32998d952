package dev.nimbus.adapters.kubernetes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whose signature makes a server's certificate good: who is named, and nobody else. */
final class Trust {
  private Trust() {}

  /** Whether this is one or more certificates in PEM. */
  static boolean fits(String pem) {
    try {
      return !certificates(pem).isEmpty();
    } catch (GeneralSecurityException _) {
      return false;
    }
  }

  /** Connections to servers whose certificates these have signed. */
  static SSLContext in(String pem) {
    try {
      var store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (var certificate : certificates(pem)) {
        store.setCertificateEntry("authority-" + store.size(), certificate);
      }
      var trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trusted.init(store);
      var context = SSLContext.getInstance("TLS");
      context.init(null, trusted.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("Cannot trust a certificate that was read before", e);
    }
  }

  private static Collection<? extends Certificate> certificates(String pem)
      throws GeneralSecurityException {
    if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
      return List.of();
    }
    var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII));
    return CertificateFactory.getInstance("X.509").generateCertificates(bytes);
  }
}
