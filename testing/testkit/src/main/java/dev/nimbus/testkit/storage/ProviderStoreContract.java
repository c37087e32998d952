package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.core.storage.ProviderStore;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every {@link ProviderStore} must do. */
public abstract class ProviderStoreContract extends MachineContract {
  protected ProviderStoreContract() {}

  @Test
  void theFirstIdOfTheInstallationIsItsIdForGood() {
    assertThat(providers().controller(CONTROLLER)).isEqualTo(CONTROLLER);
    assertThat(providers().controller(new ControllerId("d0000000"))).isEqualTo(CONTROLLER);
  }

  @Test
  void anAppliedAccountIsFoundAsItWasGiven() {
    var made = providers().apply(account(ACME, "cloud", ProviderKind.AWS), NOON);

    assertThat(made)
        .isEqualTo(
            new ProviderAccount(
                ACME,
                CLOUD,
                ProviderKind.AWS,
                ProviderAccount.options(Map.of("region", "eu-central-1", "ca", "a\nb")),
                SECRETS,
                NOON,
                1));
    assertThat(providers().find(ACME, CLOUD)).contains(made);
    assertThat(storage().orgs().find(ACME)).isPresent();
  }

  @Test
  void applyingTheSameAccountAgainChangesNothing() {
    var made = providers().apply(account(ACME, "cloud", ProviderKind.AWS), NOON);

    assertThat(providers().apply(account(ACME, "cloud", ProviderKind.AWS), LATER)).isEqualTo(made);
    assertThat(providers().find(ACME, CLOUD)).contains(made);
  }

  @Test
  void aChangedAccountIsOneRevisionFurther() {
    providers().apply(account(ACME, "cloud", ProviderKind.AWS), NOON);
    var resealed = new Sealed("key-2", "b3RoZXI=");

    var changed = providers().apply(account(ACME, "cloud", ProviderKind.AWS).with(resealed), LATER);
    var other = providers().apply(account(ACME, "cloud", ProviderKind.GCP), LATER);

    assertThat(changed.revision()).isEqualTo(2);
    assertThat(changed.changedAt()).isEqualTo(LATER);
    assertThat(changed.secrets()).isEqualTo(resealed);
    assertThat(other.kind()).isEqualTo(ProviderKind.GCP);
    assertThat(other.revision()).isEqualTo(3);
    assertThat(providers().all()).containsExactly(other);
  }

  @Test
  void accountsAreListedByNameAndTenant() {
    for (var name : List.of("beta", "alpha")) {
      providers().apply(account(GLOBEX, name, ProviderKind.AWS), NOON);
      providers().apply(account(ACME, name, ProviderKind.AWS), NOON);
    }

    assertThat(providers().list(ACME))
        .extracting(account -> account.org() + "/" + account.name())
        .containsExactly("acme/alpha", "acme/beta");
    assertThat(providers().all())
        .extracting(account -> account.org() + "/" + account.name())
        .containsExactly("acme/alpha", "acme/beta", "globex/alpha", "globex/beta");
  }

  @Test
  void nobodySeesOrRemovesTheAccountOfAnotherTenant() {
    providers().apply(account(ACME, "cloud", ProviderKind.AWS), NOON);

    assertThat(providers().find(GLOBEX, CLOUD)).isEmpty();
    assertThat(providers().list(GLOBEX)).isEmpty();
    assertThat(providers().remove(GLOBEX, CLOUD)).isFalse();
    assertThat(providers().list(ACME)).hasSize(1);
  }

  @Test
  void aRemovedAccountIsGoneAndItsNameIsFree() {
    providers().apply(account(ACME, "cloud", ProviderKind.AWS), NOON);

    assertThat(providers().remove(ACME, CLOUD)).isTrue();
    assertThat(providers().remove(ACME, CLOUD)).isFalse();
    assertThat(providers().apply(account(ACME, "cloud", ProviderKind.SSH), NOON).revision())
        .isEqualTo(1);
  }

  @Test
  void anAccountWhoseMachinesAreNotGoneStaysAndKeepsItsKind() {
    declare(storage(), ACME, 5);
    reserve(ACME, 1);

    refused(() -> providers().remove(ACME, CLOUD));
    refused(() -> providers().apply(account(ACME, "cloud", ProviderKind.GCP), LATER));
    machines().retire(name(1), IDLE, false, NOON);
    refused(() -> providers().remove(ACME, CLOUD));

    assertThat(providers().find(ACME, CLOUD).orElseThrow().kind()).isEqualTo(ProviderKind.AWS);
    machines().gone(name(1), NOON);
    assertThat(providers().apply(account(ACME, "cloud", ProviderKind.GCP), LATER).revision())
        .isEqualTo(2);
    assertThat(providers().remove(ACME, CLOUD)).isTrue();
  }

  @Test
  void machinesOfOthersKeepNoAccount() {
    declare(storage(), ACME, 5);
    providers().apply(account(GLOBEX, "cloud", ProviderKind.AWS), NOON);
    providers().apply(account(ACME, "other", ProviderKind.AWS), NOON);
    reserve(ACME, 1);

    assertThat(providers().remove(GLOBEX, CLOUD)).isTrue();
    assertThat(providers().remove(ACME, new ProviderName("other"))).isTrue();
  }

  private ProviderStore providers() {
    return storage().providers();
  }

  private static void refused(ThrowingCallable attempt) {
    assertThatThrownBy(attempt)
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT))
        .hasMessageContaining("cloud")
        .hasMessageContaining("1 of its machines");
  }
}
