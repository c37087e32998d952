package dev.nimbus.adapters.storage;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.identity.Credential;
import dev.nimbus.core.identity.NewCredential;
import dev.nimbus.core.identity.PublicKey;
import dev.nimbus.core.identity.SignInCode;
import dev.nimbus.core.storage.IdentityStore;
import dev.nimbus.core.storage.Once;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keys, subjects, their credentials, and sign-in codes. */
final class SqlIdentityStore implements IdentityStore {
  private static final String CREDENTIALS =
      """
      SELECT c.org_id, c.audience, c.subject, c.version, c.scopes, c.issued_at, c.expires_at,
             c.issued_by, s.lowest_valid
        FROM credential c
        JOIN subject s ON s.org_id = c.org_id AND s.audience = c.audience
                      AND s.subject = c.subject
      """;

  private final Database database;

  SqlIdentityStore(Database database) {
    this.database = database;
  }

  @Override
  public void publish(PublicKey key) {
    database.write(
        "publish key",
        key.id(),
        session ->
            session.update(
                """
                INSERT INTO signing_key (key_id, encoded, created_at, valid_until)
                VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
                key.id(),
                key.encoded(),
                key.createdAt(),
                key.validUntil()));
  }

  @Override
  public void retire(String keyId, Instant until) {
    database.write(
        "retire key",
        keyId,
        session ->
            session.update(
                "UPDATE signing_key SET valid_until = ? WHERE key_id = ? AND valid_until > ?",
                until,
                keyId,
                until));
  }

  @Override
  public List<PublicKey> keys(Instant now) {
    return database.read(
        "list keys valid at",
        now,
        session ->
            session.all(
                """
                SELECT key_id, encoded, created_at, valid_until
                  FROM signing_key
                 WHERE valid_until > ?
                 ORDER BY created_at, key_id
                """,
                row -> new PublicKey(row.text(), row.text(), row.time(), row.time()),
                now));
  }

  @Override
  public Issue issue(NewCredential wanted, Once once, Instant now) {
    return database.write(
        "issue a token to",
        wanted.subject(),
        session -> {
          if (!once.known()) {
            return new Issue.Issued(issued(session, wanted, now));
          }
          var seen = SeenRequests.take(session, wanted.org(), once, now);
          if (seen.isPresent()) {
            return seen.get().same()
                ? new Issue.Seen(find(session, wanted, seen.get().made()))
                : new Issue.KeyTaken();
          }
          var credential = issued(session, wanted, now);
          var made = Long.toString(credential.version());
          SeenRequests.made(session, wanted.org(), once, made);
          return new Issue.Issued(credential);
        });
  }

  @Override
  public boolean revoke(OrgId org, String audience, String subject, String by, Instant now) {
    return database.write(
        "revoke the tokens of",
        subject,
        session ->
            1
                == session.update(
                    """
                    UPDATE subject
                       SET lowest_valid = newest + 1, revoked_by = ?, revoked_at = ?
                     WHERE org_id = ? AND audience = ? AND subject = ?
                    """,
                    by,
                    now,
                    org.value(),
                    audience,
                    subject));
  }

  @Override
  public Optional<Long> lowestValid(OrgId org, String audience, String subject) {
    return database.read(
        "find the valid tokens of",
        subject,
        session ->
            session.first(
                """
                SELECT lowest_valid
                  FROM subject
                 WHERE org_id = ? AND audience = ? AND subject = ?
                """,
                Row::number,
                org.value(),
                audience,
                subject));
  }

  @Override
  public List<Credential> list(OrgId org) {
    return database.read(
        "list tokens of tenant",
        org,
        session ->
            session.all(
                CREDENTIALS + " WHERE c.org_id = ? ORDER BY c.audience, c.subject, c.version",
                SqlIdentityStore::credential,
                org.value()));
  }

  @Override
  public Offer offer(SignInCode code, Once once, Instant now) {
    return database.write(
        "keep a sign-in code for",
        code.subject(),
        session -> {
          if (!once.known()) {
            insert(session, code);
            return new Offer.Offered();
          }
          var seen = SeenRequests.take(session, code.org(), once, now);
          if (seen.isPresent() && !(seen.get().same() && gone(session, code, seen.get().made()))) {
            return new Offer.KeyTaken();
          }
          insert(session, code);
          SeenRequests.made(session, code.org(), once, code.digest());
          return seen.isPresent() ? new Offer.Replaced() : new Offer.Offered();
        });
  }

  @Override
  public Optional<SignInCode> redeem(String digest, Instant now) {
    return database.write(
        "use a sign-in code at",
        now,
        session -> {
          session.update("DELETE FROM sign_in_code WHERE expires_at <= ?", now);
          return session.first(
              """
              DELETE FROM sign_in_code
               WHERE digest = ?
              RETURNING digest, org_id, subject, scopes, expires_at
              """,
              SqlIdentityStore::code,
              digest);
        });
  }

  private static Credential issued(Session session, NewCredential wanted, Instant now)
      throws SQLException {
    Counters.know(session, wanted.org());
    var credential =
        new Credential(
            wanted.org(),
            wanted.audience(),
            wanted.subject(),
            nextVersion(session, wanted.org(), wanted.audience(), wanted.subject()),
            wanted.scopes(),
            Times.stored(now),
            Times.stored(wanted.expiresAt()),
            wanted.issuedBy(),
            false);
    insert(session, credential);
    return credential;
  }

  private static Credential find(Session session, NewCredential wanted, String version)
      throws SQLException {
    return session
        .first(
            CREDENTIALS
                + " WHERE c.org_id = ? AND c.audience = ? AND c.subject = ? AND c.version = ?",
            SqlIdentityStore::credential,
            wanted.org().value(),
            wanted.audience(),
            wanted.subject(),
            Long.parseLong(version))
        .orElseThrow();
  }

  private static void insert(Session session, SignInCode code) throws SQLException {
    session.update(
        """
        INSERT INTO sign_in_code (digest, org_id, subject, scopes, expires_at)
        VALUES (?, ?, ?, ?, ?)
        """,
        code.digest(),
        code.org().value(),
        code.subject(),
        Lists.text(code.scopes()),
        code.expiresAt());
  }

  /** Takes back a code that nobody has used. */
  private static boolean gone(Session session, SignInCode instead, String digest)
      throws SQLException {
    return 1
        == session.update(
            "DELETE FROM sign_in_code WHERE digest = ? AND org_id = ?",
            digest,
            instead.org().value());
  }

  private static long nextVersion(Session session, OrgId org, String audience, String subject)
      throws SQLException {
    return session.number(
        """
        INSERT INTO subject (org_id, audience, subject, newest, lowest_valid)
        VALUES (?, ?, ?, 1, 1)
        ON CONFLICT (org_id, audience, subject) DO UPDATE SET newest = subject.newest + 1
        RETURNING newest
        """,
        org.value(),
        audience,
        subject);
  }

  private static void insert(Session session, Credential credential) throws SQLException {
    session.update(
        """
        INSERT INTO credential (org_id, audience, subject, version, scopes, issued_at, expires_at,
                                issued_by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        credential.org().value(),
        credential.audience(),
        credential.subject(),
        credential.version(),
        Lists.text(credential.scopes()),
        credential.issuedAt(),
        credential.expiresAt(),
        credential.issuedBy());
  }

  private static Credential credential(Row row) throws SQLException {
    var org = new OrgId(row.text());
    var audience = row.text();
    var subject = row.text();
    var version = row.number();
    return new Credential(
        org,
        audience,
        subject,
        version,
        Lists.read(row.text()),
        row.time(),
        row.time(),
        row.text(),
        version < row.number());
  }

  private static SignInCode code(Row row) throws SQLException {
    return new SignInCode(
        row.text(), new OrgId(row.text()), row.text(), Lists.read(row.text()), row.time());
  }
}
