package dev.nimbus.service.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.jca.JCAContext;
import com.nimbusds.jose.util.Base64URL;
import dev.nimbus.service.config.Secret;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs and verifies with a secret shared by both ends, of whatever length operators chose. */
final class SecretSigner implements JWSSigner, JWSVerifier {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;
  private final JCAContext context = new JCAContext();

  SecretSigner(Secret secret) {
    this.key = new SecretKeySpec(secret.bytes(), ALGORITHM);
  }

  @Override
  public Base64URL sign(JWSHeader header, byte[] content) throws JOSEException {
    return Base64URL.encode(code(content));
  }

  @Override
  public boolean verify(JWSHeader header, byte[] content, Base64URL signature)
      throws JOSEException {
    return header.getAlgorithm().equals(JWSAlgorithm.HS256)
        && MessageDigest.isEqual(code(content), signature.decode());
  }

  @Override
  public Set<JWSAlgorithm> supportedJWSAlgorithms() {
    return Set.of(JWSAlgorithm.HS256);
  }

  @Override
  public JCAContext getJCAContext() {
    return context;
  }

  private byte[] code(byte[] content) throws JOSEException {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(content);
    } catch (GeneralSecurityException e) {
      throw new JOSEException("Cannot compute " + ALGORITHM, e);
    }
  }
}
