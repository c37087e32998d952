package dev.nimbus.core.storage;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.identity.Credential;
import dev.nimbus.core.identity.PublicKey;
import dev.nimbus.core.identity.SignInCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who was given tokens, which of them still count, and the keys that prove it. */
public interface IdentityStore {
  /** Publishes a verification key. Publishing it again changes nothing. */
  void publish(PublicKey key);

  /** Ends the use of a key for signing; tokens it signed verify until the instant. */
  void retire(String keyId, Instant until);

  /** Every key that may still verify something. */
  List<PublicKey> keys(Instant now);

  /** Records that a subject was given a token; versions of one subject count up from one. */
  Credential issue(
      OrgId org,
      String audience,
      String subject,
      List<String> scopes,
      Instant expires,
      String by,
      Instant now);

  /**
   * Ends every token of a subject up to its newest version; false when there is no such subject.
   */
  boolean revoke(OrgId org, String audience, String subject, String by, Instant now);

  /** The lowest version of a subject's tokens that still counts; empty when it never had one. */
  Optional<Long> lowestValid(OrgId org, String audience, String subject);

  List<Credential> list(OrgId org);

  /** Keeps a one-time sign-in code. */
  void offer(SignInCode code);

  /** Uses up a sign-in code, once, before it expires. */
  Optional<SignInCode> redeem(String digest, Instant now);
}
