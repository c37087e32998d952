package dev.nimbus.service.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.Set;

/** Verifies with the platform's own Ed25519. */
final class EdVerifier implements JWSVerifier {
  private final PublicKey key;
  private final JCAContext context = new JCAContext();

  EdVerifier(PublicKey key) {
    this.key = key;
  }

  @Override
  public boolean verify(JWSHeader header, byte[] content, Base64URL signature)
      throws JOSEException {
    if (!header.getAlgorithm().equals(JWSAlgorithm.EdDSA)) {
      return false;
    }
    try {
      return Keys.verifies(key, content, signature.decode());
    } catch (GeneralSecurityException e) {
      throw new JOSEException("Cannot verify", e);
    }
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return Set.of(JWSAlgorithm.EdDSA);
  }

  @Override
  public JCAContext getJCAContext() {
    return context;
  }
}
