package dev.nimbus.core.identity;

import dev.nimbus.core.id.OrgId;
import java.time.Instant;
import java.util.List;

/**
 * A right to sign in once.
 *
 * @param digest SHA-256 of the code in hex; the code itself is never stored
 */
public record SignInCode(
    String digest, OrgId org, String subject, List<String> scopes, Instant expiresAt) {
  public SignInCode {
    scopes = List.copyOf(scopes);
  }
}
