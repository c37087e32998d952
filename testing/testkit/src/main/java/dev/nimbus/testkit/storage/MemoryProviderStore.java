package dev.nimbus.testkit.storage;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.storage.ProviderStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accounts with providers in memory. */
final class MemoryProviderStore implements ProviderStore {
  private final MemoryState state;

  MemoryProviderStore(MemoryState state) {
    this.state = state;
  }

  @Override
  public ControllerId controller(ControllerId otherwise) {
    synchronized (state) {
      return state.fleet().controller(otherwise);
    }
  }

  @Override
  public ProviderAccount apply(ProviderAccount wanted, Instant now) {
    synchronized (state) {
      state.know(wanted.org());
      var before = find(wanted.org(), wanted.name());
      if (before.isPresent() && before.get().sameContent(wanted)) {
        return before.get();
      }
      if (before.isPresent() && before.get().kind() != wanted.kind()) {
        refuseWhileInUse(before.get(), "change the kind of");
      }
      before.ifPresent(state.fleet().providers()::remove);
      var made = as(wanted, now, before.map(ProviderAccount::revision).orElse(0L) + 1);
      state.fleet().providers().add(made);
      return made;
    }
  }

  @Override
  public Optional<ProviderAccount> find(OrgId org, ProviderName name) {
    synchronized (state) {
      return state.fleet().provider(org, name);
    }
  }

  @Override
  public List<ProviderAccount> list(OrgId org) {
    synchronized (state) {
      return state.fleet().providers(known -> known.org().equals(org));
    }
  }

  @Override
  public List<ProviderAccount> all() {
    synchronized (state) {
      return state.fleet().providers(known -> true);
    }
  }

  @Override
  public boolean remove(OrgId org, ProviderName name) {
    synchronized (state) {
      var found = find(org, name);
      found.ifPresent(account -> refuseWhileInUse(account, "remove"));
      found.ifPresent(state.fleet().providers()::remove);
      return found.isPresent();
    }
  }

  private void refuseWhileInUse(ProviderAccount account, String doing) {
    var live = state.fleet().machines(machine -> !machine.gone() && machine.isOf(account));
    if (!live.isEmpty()) {
      throw new NimbusException(
          Kind.CONFLICT,
          "Cannot %s provider '%s': %d of its machines are not gone"
              .formatted(doing, account.name(), live.size()));
    }
  }

  private static ProviderAccount as(ProviderAccount content, Instant now, long revision) {
    return new ProviderAccount(
        content.org(),
        content.name(),
        content.kind(),
        content.options(),
        content.secrets(),
        now,
        revision);
  }
}
