package dev.nimbus.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.MachineName;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.PoolName;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Launch;
import dev.nimbus.core.provider.MachineSpec;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.Owner;
import dev.nimbus.testkit.provider.aws.Asked;
import dev.nimbus.testkit.provider.aws.Moto;
import dev.nimbus.testkit.provider.aws.WithMoto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The policy operators copy allows what the code asks for, and nothing else. */
@ExtendWith(WithMoto.class)
final class PermissionsTest {
  private static final Path PAGE = Path.of("docs", "operate", "providers", "aws.md");
  private static final Set<Action> ALONG_WITH_OTHERS = Set.of(Action.CREATE_TAGS, Action.PASS_ROLE);

  @Test
  void theDocumentedPolicyAllowsExactlyWhatIsAskedFor() throws IOException {
    var allowed = new TreeSet<String>();
    for (var statement : policy().get("Statement")) {
      words(statement.get("Action")).forEach(allowed::add);
    }

    assertThat(allowed).isEqualTo(names(Arrays.stream(Action.values())));
  }

  @Test
  void whatMakesOrEndsSomethingIsBoundToOurTag() throws IOException {
    var bound = Set.of("ec2:TerminateInstances", "ec2:ReleaseHosts", "ec2:AllocateHosts");
    for (var statement : policy().get("Statement")) {
      if (words(statement.get("Action")).anyMatch(bound::contains)) {
        assertThat(statement.path("Condition").toString()).contains("Tag/nimbus-controller");
      }
    }
  }

  @Test
  void everyActionThatIsCalledIsListedAndEveryListedOneIsCalled(Moto moto) {
    try (var account = new MotoAccount(moto)) {
      account
          .client()
          .createLaunchTemplate(
              request ->
                  request
                      .launchTemplateName("runners")
                      .launchTemplateData(data -> data.imageId(MotoAccount.IMAGE)));
      useEverything(account);

      var called =
          account.front().asked().stream()
              .map(Asked::action)
              .map(action -> "ec2:" + action)
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(called)
          .isEqualTo(
              names(
                  Arrays.stream(Action.values())
                      .filter(action -> !ALONG_WITH_OTHERS.contains(action))));
    }
  }

  private static void useEverything(MotoAccount account) {
    var known = MotoAccount.cell(Market.ON_DEMAND);
    var mac =
        new Cell(known.provider(), known.place(), "mac2.metal", known.image(), known.market());
    var spec =
        new MachineSpec(
            MachineName.of(new ControllerId("ours0001"), "mac00001"),
            new Owner(new OrgId("acme"), new PoolName("macs")),
            mac,
            200,
            "#!/bin/sh\n",
            Duration.ofHours(6));
    try (var provider =
        account.open(new ControllerId("ours0001"), Map.of("launch_template", "runners:1"))) {
      var launched = (Launch.Launched) provider.launch(spec);
      provider.terminate(launched.instance().ref());
      account.pass(Duration.ofHours(25));
      provider.release(provider.hosts().getFirst().id());
      provider.spotPrices(Set.of("c7i.large"));
      provider.check();
    }
  }

  private static JsonNode policy() throws IOException {
    var page = Files.readString(page());
    var from = page.indexOf("```json\n") + "```json\n".length();
    return JsonMapper.shared().readTree(page.substring(from, page.indexOf("```", from)));
  }

  private static Path page() {
    return Stream.iterate(Path.of("").toAbsolutePath(), up -> up != null, Path::getParent)
        .map(up -> up.resolve(PAGE))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow();
  }

  private static Stream<String> words(JsonNode action) {
    return action.isArray()
        ? action.valueStream().map(JsonNode::asString)
        : Stream.of(action.asString());
  }

  private static Set<String> names(Stream<Action> actions) {
    return actions.map(Action::iam).collect(Collectors.toCollection(TreeSet::new));
  }
}
