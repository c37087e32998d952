package dev.nimbus.adapters.aws;

import dev.nimbus.core.check.Finding;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.id.ControllerId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Image;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;

/** Looks whether an account has all that machines need, and makes nothing. */
final class Check {
  /** Small, and had everywhere; none is made. */
  private static final String TRIED_TYPE = "t3.micro";

  private static final String TRIED_IMAGES = "al20*-ami-20*-x86_64";
  private static final String MADE_BY_AMAZON = "amazon";
  private static final String WOULD_HAVE = "DryRunOperation";

  private final Ec2 ec2;
  private final Settings settings;
  private final Sightings sightings;
  private final RunRequest requests;
  private final ControllerId controller;

  Check(
      Ec2 ec2,
      Settings settings,
      Sightings sightings,
      RunRequest requests,
      ControllerId controller) {
    this.ec2 = ec2;
    this.settings = settings;
    this.sightings = sightings;
    this.requests = requests;
    this.controller = controller;
  }

  List<Finding> all() {
    var found = new ArrayList<Finding>();
    found.add(tried("may list machines", Action.DESCRIBE_INSTANCES, this::machines));
    settings
        .subnets()
        .forEach(
            (zone, subnet) ->
                found.add(
                    tried(
                        "subnet %s is in zone %s".formatted(subnet, zone),
                        Action.DESCRIBE_SUBNETS,
                        () -> subnet(zone, subnet))));
    for (var group : settings.securityGroups()) {
      found.add(
          tried(
              "security group %s is there".formatted(group),
              Action.DESCRIBE_SECURITY_GROUPS,
              () -> securityGroup(group)));
    }
    if (settings.template().used()) {
      found.add(
          tried(
              "launch template %s is there".formatted(settings.template()),
              Action.DESCRIBE_LAUNCH_TEMPLATE_VERSIONS,
              this::template));
    }
    found.add(tried("may run machines", Action.RUN_INSTANCES, this::running));
    return List.copyOf(found);
  }

  /** What was looked at, with what is wrong about it, if anything is. */
  private static Finding tried(String what, Action action, Supplier<String> advice) {
    try {
      var wrong = advice.get();
      return wrong.isEmpty() ? Finding.fine(what) : Finding.wrong(what, wrong);
    } catch (Refusal e) {
      var hint = e.meaning() == Meaning.NOT_ALLOWED ? "" : " (asked by %s)".formatted(action.iam());
      return Finding.wrong(what, e.why() + hint);
    } catch (NimbusException e) {
      return Finding.wrong(what, String.valueOf(e.getMessage()));
    }
  }

  private String machines() {
    var strange =
        sightings.existing().stream()
            .filter(one -> !one.madeBy(controller))
            .map(Sighting::id)
            .toList();
    return strange.isEmpty()
        ? ""
        : "these carry our tag and no name of ours, and are left alone: "
            + String.join(", ", strange);
  }

  private String subnet(String zone, String subnet) {
    var answer =
        ec2.ask(
            Action.DESCRIBE_SUBNETS,
            client -> client.describeSubnets(request -> request.subnetIds(subnet)));
    return answer.subnets().stream()
        .filter(one -> !one.availabilityZone().equals(zone))
        .map(one -> "it is in %s: correct option subnets".formatted(one.availabilityZone()))
        .findFirst()
        .orElse("");
  }

  private String securityGroup(String group) {
    ec2.ask(
        Action.DESCRIBE_SECURITY_GROUPS,
        client -> client.describeSecurityGroups(request -> request.groupIds(group)));
    return "";
  }

  private String template() {
    var template = settings.template();
    ec2.ask(
        Action.DESCRIBE_LAUNCH_TEMPLATE_VERSIONS,
        client ->
            client.describeLaunchTemplateVersions(
                request -> {
                  request.versions(template.version());
                  if (template.byId()) {
                    request.launchTemplateId(template.idOrName());
                  } else {
                    request.launchTemplateName(template.idOrName());
                  }
                }));
    return "";
  }

  private String running() {
    var image = anyImage();
    if (image.isEmpty()) {
      return "could not be tried: the region has no image of Amazon Linux";
    }
    try {
      ec2.ask(Action.RUN_INSTANCES, client -> client.runInstances(rehearsal(image)));
      return "EC2 did what it was only asked about; look for a machine without tags";
    } catch (Refusal e) {
      return e.code().equals(WOULD_HAVE) ? "" : e.why();
    }
  }

  private RunInstancesRequest rehearsal(String image) {
    return requests
        .ofAccount(RunInstancesRequest.builder())
        .dryRun(true)
        .minCount(1)
        .maxCount(1)
        .imageId(image)
        .instanceType(TRIED_TYPE)
        .subnetId(settings.subnets().firstEntry().getValue())
        .tagSpecifications(RunRequest.tagsOf(controller))
        .build();
  }

  private String anyImage() {
    var filter = Filter.builder().name("name").values(TRIED_IMAGES).build();
    var answer =
        ec2.ask(
            Action.DESCRIBE_IMAGES,
            client ->
                client.describeImages(request -> request.owners(MADE_BY_AMAZON).filters(filter)));
    return answer.images().stream().map(Image::imageId).findFirst().orElse("");
  }
}
