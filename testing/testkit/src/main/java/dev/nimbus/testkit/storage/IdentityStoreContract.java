package dev.nimbus.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.identity.Credential;
import dev.nimbus.core.identity.NewCredential;
import dev.nimbus.core.identity.PublicKey;
import dev.nimbus.core.identity.SignInCode;
import dev.nimbus.core.storage.IdentityStore.Issue;
import dev.nimbus.core.storage.IdentityStore.Offer;
import dev.nimbus.core.storage.Once;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What every {@link dev.nimbus.core.storage.IdentityStore} must do. */
public abstract class IdentityStoreContract extends StorageContract {
  private static final Instant LATER = NOON.plusSeconds(3_600);

  @Test
  void aPublishedKeyVerifiesUntilItIsRetired() {
    var key = new PublicKey("k-1", "abc", NOON, Instant.MAX);
    storage().identity().publish(key);
    storage().identity().publish(key);

    assertThat(storage().identity().keys(LATER)).containsExactly(key);
  }

  @Test
  void aRetiredKeyVerifiesUntilTheInstantAndNotAfter() {
    storage().identity().publish(new PublicKey("k-1", "abc", NOON, Instant.MAX));
    storage().identity().publish(new PublicKey("k-2", "def", NOON.plusSeconds(1), Instant.MAX));

    storage().identity().retire("k-1", LATER);

    assertThat(ids(LATER.minusMillis(1))).containsExactly("k-1", "k-2");
    assertThat(ids(LATER)).containsExactly("k-2");
    assertThat(storage().identity().keys(NOON).getFirst().validUntil()).isEqualTo(LATER);
  }

  @Test
  void publishingAgainDoesNotBringARetiredKeyBack() {
    var key = new PublicKey("k-1", "abc", NOON, Instant.MAX);
    storage().identity().publish(key);
    storage().identity().retire("k-1", NOON);
    storage().identity().publish(key);
    storage().identity().retire("k-1", LATER);

    assertThat(storage().identity().keys(NOON)).isEmpty();
  }

  @Test
  void retiringAKeyNobodyKnowsIsHarmless() {
    storage().identity().retire("k-unknown", NOON);

    assertThat(storage().identity().keys(NOON)).isEmpty();
  }

  @Test
  void tokensOfOneSubjectAreNumberedFromOne() {
    assertThat(issue(ACME, "admin", "alice"))
        .isEqualTo(
            new Credential(
                ACME, "admin", "alice", 1, List.of("jobs:read"), NOON, LATER, "root", false));
    assertThat(issue(ACME, "admin", "alice").version()).isEqualTo(2);
    assertThat(issue(ACME, "agent", "alice").version()).isEqualTo(1);
    assertThat(issue(ACME, "admin", "bob").version()).isEqualTo(1);
    assertThat(issue(GLOBEX, "admin", "alice").version()).isEqualTo(1);
  }

  @Test
  void revokingEndsEveryTokenIssuedSoFarAndNoneIssuedLater() {
    issue(ACME, "admin", "alice");
    issue(ACME, "admin", "alice");

    assertThat(storage().identity().revoke(ACME, "admin", "alice", "root", NOON)).isTrue();
    issue(ACME, "admin", "alice");

    assertThat(storage().identity().lowestValid(ACME, "admin", "alice")).contains(3L);
    assertThat(storage().identity().list(ACME))
        .extracting(Credential::version, Credential::revoked)
        .containsExactly(tuple(1, true), tuple(2, true), tuple(3, false));
  }

  @Test
  void revokingConcernsOnlyTheSubject() {
    issue(ACME, "admin", "alice");
    issue(ACME, "admin", "bob");
    issue(ACME, "agent", "alice");
    issue(GLOBEX, "admin", "alice");

    storage().identity().revoke(ACME, "admin", "alice", "root", NOON);

    assertThat(storage().identity().lowestValid(ACME, "admin", "bob")).contains(1L);
    assertThat(storage().identity().lowestValid(ACME, "agent", "alice")).contains(1L);
    assertThat(storage().identity().lowestValid(GLOBEX, "admin", "alice")).contains(1L);
  }

  @Test
  void aSubjectThatNeverHadATokenCannotBeRevoked() {
    assertThat(storage().identity().revoke(ACME, "admin", "alice", "root", NOON)).isFalse();
    assertThat(storage().identity().lowestValid(ACME, "admin", "alice")).isEmpty();
  }

  @Test
  void aTenantSeesOnlyItsTokens() {
    issue(ACME, "admin", "alice");

    assertThat(storage().identity().list(ACME)).hasSize(1);
    assertThat(storage().identity().list(GLOBEX)).isEmpty();
  }

  @Test
  void aSignInCodeWorksOnce() {
    var code = new SignInCode("d-1", ACME, "alice", List.of("jobs:read", "jobs:write"), LATER);
    offer(code, Once.NEVER_SEEN);

    assertThat(storage().identity().redeem("d-1", NOON)).contains(code);
    assertThat(storage().identity().redeem("d-1", NOON)).isEmpty();
  }

  @Test
  void aSignInCodeDoesNotWorkAfterItsTime() {
    offer(code("d-1", ACME), Once.NEVER_SEEN);

    assertThat(storage().identity().redeem("d-1", LATER)).isEmpty();
    assertThat(storage().identity().redeem("d-1", NOON)).isEmpty();
  }

  @Test
  void aSignInCodeNobodyOfferedDoesNotWork() {
    offer(code("d-1", ACME), Once.NEVER_SEEN);

    assertThat(storage().identity().redeem("d-2", NOON)).isEmpty();
    assertThat(storage().identity().redeem("%", NOON)).isEmpty();
    assertThat(storage().identity().redeem("d-1", NOON)).isPresent();
  }

  @Test
  void aRequestForATokenThatComesAgainIsGivenTheSame() {
    var once = new Once("k-1", "request");
    var first = issue(wanted(ACME, "alice"), once, NOON);
    issue(ACME, "admin", "alice");

    assertThat(first).isInstanceOf(Issue.Issued.class);
    assertThat(issue(wanted(ACME, "alice"), once, NOON.plusSeconds(60)))
        .isEqualTo(new Issue.Seen(((Issue.Issued) first).credential()));
    assertThat(storage().identity().list(ACME)).hasSize(2);
  }

  @Test
  void aTokenThatIsGivenAgainIsAsRevokedAsItIs() {
    var once = new Once("k-1", "request");
    issue(wanted(ACME, "alice"), once, NOON);
    storage().identity().revoke(ACME, "admin", "alice", "root", NOON);

    assertThat(issue(wanted(ACME, "alice"), once, NOON))
        .isInstanceOfSatisfying(
            Issue.Seen.class, seen -> assertThat(seen.credential().revoked()).isTrue());
  }

  @Test
  void aKeyIsForOneRequestOfOneTenantAndForADay() {
    issue(wanted(ACME, "alice"), new Once("k-1", "request"), NOON);
    var other = new Once("k-1", "another request");
    var nextDay = NOON.plus(Duration.ofDays(1));

    assertThat(issue(wanted(ACME, "bob"), other, NOON)).isEqualTo(new Issue.KeyTaken());
    assertThat(offer(code("d-1", ACME), other)).isEqualTo(new Offer.KeyTaken());
    assertThat(storage().identity().redeem("d-1", NOON)).isEmpty();
    assertThat(issue(wanted(GLOBEX, "bob"), other, NOON)).isInstanceOf(Issue.Issued.class);
    assertThat(issue(wanted(ACME, "bob"), other, nextDay.minusMillis(1)))
        .isEqualTo(new Issue.KeyTaken());
    assertThat(issue(wanted(ACME, "bob"), other, nextDay)).isInstanceOf(Issue.Issued.class);
  }

  @Test
  void withoutAKeyEveryRequestMakesItsOwn() {
    issue(wanted(ACME, "alice"), Once.NEVER_SEEN, NOON);
    issue(wanted(ACME, "alice"), Once.NEVER_SEEN, NOON);

    assertThat(storage().identity().list(ACME)).hasSize(2);
  }

  @Test
  void anOfferThatComesAgainReplacesTheCodeThatWasMade() {
    var once = new Once("k-1", "request");

    assertThat(offer(code("d-1", ACME), once)).isEqualTo(new Offer.Offered());
    assertThat(offer(code("d-2", ACME), once)).isEqualTo(new Offer.Replaced());
    assertThat(offer(code("d-3", ACME), once)).isEqualTo(new Offer.Replaced());

    assertThat(storage().identity().redeem("d-1", NOON)).isEmpty();
    assertThat(storage().identity().redeem("d-2", NOON)).isEmpty();
    assertThat(storage().identity().redeem("d-3", NOON)).isPresent();
  }

  @Test
  void anOfferThatWasUsedIsNotMadeAgain() {
    var once = new Once("k-1", "request");
    offer(code("d-1", ACME), once);
    storage().identity().redeem("d-1", NOON);

    assertThat(offer(code("d-2", ACME), once)).isEqualTo(new Offer.KeyTaken());
    assertThat(storage().identity().redeem("d-2", NOON)).isEmpty();
  }

  private Credential issue(OrgId org, String audience, String subject) {
    var wanted = new NewCredential(org, audience, subject, List.of("jobs:read"), LATER, "root");
    return ((Issue.Issued) issue(wanted, Once.NEVER_SEEN, NOON)).credential();
  }

  private Issue issue(NewCredential wanted, Once once, Instant now) {
    return storage().identity().issue(wanted, once, now);
  }

  private Offer offer(SignInCode code, Once once) {
    return storage().identity().offer(code, once, NOON);
  }

  private static NewCredential wanted(OrgId org, String subject) {
    return new NewCredential(org, "admin", subject, List.of(), LATER, "root");
  }

  private static SignInCode code(String digest, OrgId org) {
    return new SignInCode(digest, org, "alice", List.of(), LATER);
  }

  private List<String> ids(Instant now) {
    return storage().identity().keys(now).stream().map(PublicKey::id).toList();
  }

  private static Tuple tuple(long version, boolean revoked) {
    return Tuple.tuple(version, revoked);
  }
}
