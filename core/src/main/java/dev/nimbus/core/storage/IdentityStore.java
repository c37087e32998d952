package dev.nimbus.core.storage;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.identity.Credential;
import dev.nimbus.core.identity.NewCredential;
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

  /**
   * Records that a subject is given a token; versions of one subject count up. A request that came
   * before within a day changes nothing.
   */
  Issue issue(NewCredential wanted, Once once, Instant now);

  /**
   * Ends every token of a subject up to its newest version; false when there is no such subject.
   */
  boolean revoke(OrgId org, String audience, String subject, String by, Instant now);

  /** The lowest version of a subject's tokens that still counts; empty when it never had one. */
  Optional<Long> lowestValid(OrgId org, String audience, String subject);

  List<Credential> list(OrgId org);

  /**
   * Keeps a one-time sign-in code. When its request came before within a day, it takes the place of
   * the code that was made then, so that one of them works.
   */
  Offer offer(SignInCode code, Once once, Instant now);

  /** Uses up a sign-in code, once, before it expires. */
  Optional<SignInCode> redeem(String digest, Instant now);

  /** What became of a wish for a token. */
  sealed interface Issue {
    record Issued(Credential credential) implements Issue {}

    /** The same request came before; this is what it was given. */
    record Seen(Credential credential) implements Issue {}

    /** Its idempotency key belongs to a different request. */
    record KeyTaken() implements Issue {}
  }

  /** What became of an offer to sign in. */
  sealed interface Offer {
    record Offered() implements Offer {}

    /** The same request came before, and what it was given works no more. */
    record Replaced() implements Offer {}

    /** Its idempotency key belongs to a different request, or what it made is used up. */
    record KeyTaken() implements Offer {}
  }
}
