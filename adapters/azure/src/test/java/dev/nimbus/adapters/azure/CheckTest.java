package dev.nimbus.adapters.azure;

import static dev.nimbus.adapters.azure.AzureAccount.OURS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.check.Finding;
import dev.nimbus.testkit.provider.azure.FakeArm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CheckTest {
  private static final Map<String, String> ALL =
      Map.of(
          "security_groups",
          "westeurope=" + FakeArm.securityGroup(),
          "public_ip",
          "true",
          "check_types",
          "Standard_D4s_v5",
          "check_images",
          FakeArm.image() + "," + FakeArm.galleryImage());

  private final AzureAccount account = new AzureAccount();

  @AfterEach
  void leave() {
    account.close();
  }

  @Test
  void allThatIsAskedForIsLookedAtAndNothingIsMade() {
    assertThat(check(ALL)).hasSizeGreaterThan(10).allMatch(Finding::fine);
    assertThat(account.arm().asked()).allMatch(call -> call.method().equals("GET"));
  }

  @Test
  void anActionTheRoleLacksIsFoundBeforeItIsNeeded() {
    account.arm().deny("Microsoft.Compute/disks/write");

    assertThat(wrong(Map.of()))
        .singleElement()
        .asString()
        .contains("Microsoft.Compute/disks/write");
  }

  @Test
  void aSizeTheSubscriptionCannotHaveIsFound() {
    account.arm().restrict("Standard_D4s_v5");

    assertThat(wrong(ALL)).singleElement().asString().contains("NotAvailableForSubscription");
    assertThat(wrong(Map.of("check_types", "Standard_X1")))
        .singleElement()
        .asString()
        .contains("does not have it");
  }

  @Test
  void anImageThatDoesNotFitIsFound() {
    assertThat(wrong(Map.of("check_images", FakeArm.oldImage())))
        .singleElement()
        .asString()
        .contains("generation 1");
    assertThat(wrong(Map.of("check_types", "Standard_D4ps_v6", "check_images", FakeArm.image())))
        .singleElement()
        .asString()
        .contains("x64, which is not for Standard_D4ps_v6");
    assertThat(wrong(Map.of("check_images", "Nobody:nothing:none:latest")))
        .singleElement()
        .asString()
        .contains("no version");
  }

  @Test
  void aQuotaThatIsUsedUpIsFound() {
    account.arm().use("standardDSv5Family", 24);

    assertThat(wrong(ALL)).singleElement().asString().contains("standardDSv5Family: 24 of 24");
  }

  @Test
  void aNetworkThatIsElsewhereOrMissingIsFound() {
    var elsewhere = Map.of("subnets", "northeurope=" + FakeArm.subnet());
    assertThat(wrong(elsewhere)).singleElement().asString().contains("it is in westeurope");
    var missing = Map.of("subnets", "westeurope=" + FakeArm.subnet() + "2");
    assertThat(wrong(missing)).singleElement().asString().contains("ResourceNotFound");
  }

  @Test
  void aMachineThatOnlyLooksLikeOursIsFound() {
    account.arm().plant("mail", Map.of("nimbus-controller", "ours0001"));

    assertThat(wrong(Map.of())).singleElement().asString().contains("mail");
  }

  @Test
  void aSubscriptionThatMayNotBeLookedAtIsFound() {
    account.arm().deny("Microsoft.Compute/skus/read");

    assertThat(wrong(ALL))
        .anyMatch(said -> said.contains("the role lacks Microsoft.Compute/skus/read"));
  }

  private List<Finding> check(Map<String, String> options) {
    try (var provider = account.open(OURS, options)) {
      return provider.check();
    }
  }

  private List<String> wrong(Map<String, String> options) {
    return check(options).stream().filter(one -> !one.fine()).map(Finding::advice).toList();
  }
}
