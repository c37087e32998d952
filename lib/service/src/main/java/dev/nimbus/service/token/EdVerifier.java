package dev.nimbus.service.token;

import com.google.crypto.tink.subtle.Ed25519Verify;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.util.Set;

/** Verifies Ed25519 signatures for the JOSE library. */
final class EdVerifier implements JWSVerifier {
  private final Ed25519Verify verifier;
  private final JCAContext context = new JCAContext();

  EdVerifier(Ed25519Verify verifier) {
    this.verifier = verifier;
  }

  @Override
  public boolean verify(JWSHeader header, byte[] content, Base64URL signature) {
    return header.getAlgorithm().equals(JWSAlgorithm.EdDSA)
        && Keys.verifies(verifier, content, signature.decode());
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
