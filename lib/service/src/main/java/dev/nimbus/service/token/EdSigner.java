package dev.nimbus.service.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import java.util.Set;

/** Signs with Ed25519 for the JOSE library. */
final class EdSigner implements JWSSigner {
  private final SigningKey key;
  private final JCAContext context = new JCAContext();

  EdSigner(SigningKey key) {
    this.key = key;
  }

  @Override
  public Base64URL sign(JWSHeader header, byte[] content) {
    return Base64URL.encode(key.sign(content));
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
