package dev.nimbus.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Instance;
import dev.nimbus.core.provider.InstanceRef;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Provider;
import dev.nimbus.testkit.provider.ProviderFaultContract;
import dev.nimbus.testkit.provider.ProviderFaults;
import dev.nimbus.testkit.provider.aws.Moto;
import dev.nimbus.testkit.provider.aws.WithMoto;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On spot, which is asked for in the same way. */
@ExtendWith(WithMoto.class)
final class AwsProviderFaultTest extends ProviderFaultContract {
  private final MotoAccount account;

  AwsProviderFaultTest(Moto moto) {
    account = new MotoAccount(moto);
  }

  @AfterEach
  void leave() {
    account.close();
  }

  @Override
  protected Provider open(ControllerId controller) {
    return account.open(controller);
  }

  @Override
  protected Cell cell() {
    return MotoAccount.cell(Market.SPOT);
  }

  @Override
  protected String userData() {
    return "#cloud-config\n";
  }

  @Override
  protected ProviderFaults faults() {
    return account.front();
  }

  @Override
  protected void settle() {
    account.front().settle();
  }

  @Test
  void aMissingPermissionIsRefusedWithItsAction() {
    account
        .front()
        .refuse(
            403,
            "UnauthorizedOperation",
            "You are not authorized to perform this operation. User: arn:aws:iam::1:user/n is not"
                + " authorized to perform: ec2:CreateTags on resource: x. Encoded authorization"
                + " failure message: 4GQO");

    assertThat(why(provider().launch(spec(OURS, "denied01")))).contains("ec2:CreateTags");
    account.front().refuse(403, "UnauthorizedOperation", "You are not authorized.");
    assertThat(why(provider().launch(spec(OURS, "denied02")))).contains("ec2:RunInstances");
    assertThat(existing()).isEmpty();
  }

  @Test
  void aRequestThatIsRefusedIsMadeOnce() {
    account.front().runOut();

    provider().launch(spec(OURS, "once0001"));

    assertThat(account.front().asked("RunInstances")).hasSize(1);
  }

  @Test
  void whatAwsDoesNotUnderstandItselfIsNoAnswer() {
    account.front().refuse(500, "InternalError", "An internal error has occurred");

    assertThatThrownBy(() -> provider().launch(spec(OURS, "inner001")))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
  }

  @Test
  void aMachineIsFoundByItsTagWhereItsTokenIsForgotten() {
    var spec = spec(OURS, "forgot01");
    var first = launched(provider().launch(spec));
    account.front().forgetTokens();

    assertThat(launched(provider().launch(spec)).ref()).isEqualTo(first.ref());
    assertThat(existing()).hasSize(1);
  }

  @Test
  void optionsThatChangedInBetweenMakeNoSecondMachine() {
    var spec = spec(OURS, "option01");
    account.front().listLate();
    var first = launched(provider().launch(spec));
    try (var changed = account.open(OURS, Map.of("instance_profile", "runners"))) {
      assertThatThrownBy(() -> changed.launch(spec))
          .isInstanceOfSatisfying(
              NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
      settle();

      assertThat(launched(changed.launch(spec)).ref()).isEqualTo(first.ref());
    }
    assertThat(existing()).hasSize(1);
  }

  @Test
  void aMachineThatWasEndedDoesNotComeAgain() {
    var spec = spec(OURS, "ended001");
    var first = launched(provider().launch(spec));
    provider().terminate(first.ref());

    assertThat(why(provider().launch(spec))).contains("was ended");
    assertThat(existing()).isEmpty();
  }

  @Test
  void aMachineThatOnlyItsTokenRemembersDoesNotComeAgain() {
    account.front().refuse(400, "IdempotentInstanceTerminated", "It was terminated");

    assertThat(why(provider().launch(spec(OURS, "ended002")))).contains("was ended");
  }

  @Test
  void aMachineOfAnotherControllerIsNotEndedUnderANameOfOurs() {
    try (var others = account.open(THEIRS)) {
      var theirs = launched(others.launch(spec(THEIRS, "theirs02")));
      var claimed =
          new InstanceRef(spec(OURS, "mine0001").name(), theirs.ref().place(), theirs.ref().id());

      assertThatThrownBy(() -> provider().terminate(claimed))
          .isInstanceOfSatisfying(
              NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.DENIED));

      assertThat(others.instances()).extracting(Instance::ref).containsExactly(theirs.ref());
    }
  }

  private static String why(Launch launch) {
    assertThat(launch).isInstanceOf(Launch.Refused.class);
    return ((Launch.Refused) launch).why();
  }
}
