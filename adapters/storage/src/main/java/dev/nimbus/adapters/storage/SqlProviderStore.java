package dev.nimbus.adapters.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.core.storage.ProviderStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accounts in the table provider. */
final class SqlProviderStore implements ProviderStore {
  private static final String SELECT =
      """
      SELECT org_id, name, kind, settings, key_id, secrets, changed_at, revision
        FROM provider
      """;

  static final String LIVE =
      "SELECT count(*) FROM machine WHERE org_id = ? AND provider = ? AND stage <> 'gone'";

  private final Database database;

  SqlProviderStore(Database database) {
    this.database = database;
  }

  @Override
  public ControllerId controller(ControllerId otherwise) {
    return database.write(
        "name installation",
        otherwise,
        session -> {
          session.update(
              """
              INSERT INTO installation (installation_id, controller)
              VALUES (1, ?)
              ON CONFLICT DO NOTHING
              """,
              otherwise.value());
          return session
              .first("SELECT controller FROM installation", row -> new ControllerId(row.text()))
              .orElseThrow();
        });
  }

  @Override
  public ProviderAccount apply(ProviderAccount account, Instant now) {
    return database.write(
        "apply provider", account.name(), session -> apply(session, account, now));
  }

  @Override
  public Optional<ProviderAccount> find(OrgId org, ProviderName name) {
    return database.read("find provider", name, session -> find(session, org, name, ""));
  }

  @Override
  public List<ProviderAccount> list(OrgId org) {
    return database.read(
        "list providers of tenant",
        org,
        session ->
            session.all(
                SELECT + " WHERE org_id = ? ORDER BY name", SqlProviderStore::read, org.value()));
  }

  @Override
  public List<ProviderAccount> all() {
    return database.read(
        "list",
        "providers",
        session -> session.all(SELECT + " ORDER BY org_id, name", SqlProviderStore::read));
  }

  @Override
  public boolean remove(OrgId org, ProviderName name) {
    return database.write(
        "remove provider",
        name,
        session -> {
          if (find(session, org, name, "$lock").isEmpty()) {
            return false;
          }
          refuseWhileInUse(session, org, name, "remove");
          session.update(
              "DELETE FROM provider WHERE org_id = ? AND name = ?", org.value(), name.value());
          return true;
        });
  }

  private static Optional<ProviderAccount> find(
      Session session, OrgId org, ProviderName name, String locking) throws SQLException {
    return session.first(
        SELECT + " WHERE org_id = ? AND name = ? " + locking,
        SqlProviderStore::read,
        org.value(),
        name.value());
  }

  private static ProviderAccount apply(Session session, ProviderAccount wanted, Instant now)
      throws SQLException {
    Counters.know(session, wanted.org());
    session.dialect().lockOrg(session, wanted.org().value());
    var before = find(session, wanted.org(), wanted.name(), "$lock");
    if (before.isPresent() && before.get().sameContent(wanted)) {
      return before.get();
    }
    if (before.isPresent() && before.get().kind() != wanted.kind()) {
      refuseWhileInUse(
          session,
          wanted.org(),
          wanted.name(),
          "make a provider of kind '" + wanted.kind().word() + "' of");
    }
    write(session, wanted, now);
    return find(session, wanted.org(), wanted.name(), "").orElseThrow();
  }

  /** Whoever reserves a machine keeps the row, so that none is missed once it is locked. */
  private static void refuseWhileInUse(Session session, OrgId org, ProviderName name, String doing)
      throws SQLException {
    var live = session.number(LIVE, org.value(), name.value());
    if (live > 0) {
      throw new NimbusException(
          Kind.CONFLICT,
          "Cannot %s provider '%s': %d of its machines are not gone, and nobody else could end them"
              .formatted(doing, name, live));
    }
  }

  private static void write(Session session, ProviderAccount account, Instant now)
      throws SQLException {
    session.update(
        """
        INSERT INTO provider (org_id, name, kind, settings, key_id, secrets, changed_at, revision)
        VALUES (?, ?, ?, ?, ?, ?, ?, 1)
        ON CONFLICT (org_id, name) DO UPDATE
           SET kind = excluded.kind, settings = excluded.settings, key_id = excluded.key_id,
               secrets = excluded.secrets, changed_at = excluded.changed_at,
               revision = provider.revision + 1
        """,
        account.org().value(),
        account.name().value(),
        account.kind().word(),
        StoredAccount.text(account),
        account.secrets().keyId(),
        account.secrets().text(),
        now);
  }

  private static ProviderAccount read(Row row) throws SQLException {
    return new ProviderAccount(
        new OrgId(row.text()),
        new ProviderName(row.text()),
        ProviderKind.parse(row.text()),
        StoredAccount.read(row.text()).sorted(),
        new Sealed(row.text(), row.text()),
        row.time(),
        row.number());
  }
}
