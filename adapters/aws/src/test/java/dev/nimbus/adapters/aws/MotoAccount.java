package dev.nimbus.adapters.aws;

import dev.nimbus.core.id.ControllerId;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.id.ProviderName;
import dev.nimbus.core.provider.Cell;
import dev.nimbus.core.provider.Market;
import dev.nimbus.core.provider.ProviderAccount;
import dev.nimbus.core.provider.ProviderKind;
import dev.nimbus.core.secret.Sealed;
import dev.nimbus.testkit.provider.aws.Moto;
import dev.nimbus.testkit.provider.aws.MotoFront;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;

/** An empty account at moto with a network, and a client of the test's own to look around in it. */
final class MotoAccount implements AutoCloseable {
  static final String REGION = "us-east-1";
  static final String ZONE = "us-east-1a";
  static final String IMAGE = "ami-04681a1dbd79675a5";
  static final Map<String, String> SECRETS =
      Map.of(
          "access_key_id", "AKIAIOSFODNN7EXAMPLE",
          "secret_access_key", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

  private final MotoFront front;
  private final Ec2Client client;
  private final Map<String, String> options = new TreeMap<>();

  private Duration offset = Duration.ZERO;

  /** Moto's, which is this machine's, and what has passed besides. */
  private final InstantSource time = () -> Clock.systemUTC().instant().plus(offset);

  MotoAccount(Moto moto) {
    moto.reset();
    this.front = MotoFront.before(moto);
    this.client =
        Ec2Client.builder()
            .httpClient(UrlConnectionHttpClient.create())
            .region(Region.of(REGION))
            .endpointOverride(moto.url())
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create("AKIAIOSFODNN7EXAMPLE", "of the test")))
            .build();
    options.put("region", REGION);
    options.put("subnets", ZONE + "=" + subnet());
    options.put("security_groups", securityGroup());
    options.put("endpoint", front.url().toString());
    options.put("sts_endpoint", front.url().toString());
  }

  MotoFront front() {
    return front;
  }

  Ec2Client client() {
    return client;
  }

  /** Lets time pass for the providers. */
  void pass(Duration duration) {
    offset = offset.plus(duration);
  }

  AwsProvider open(ControllerId controller) {
    return open(controller, Map.of());
  }

  /** The account with some options set otherwise. */
  AwsProvider open(ControllerId controller, Map<String, String> further) {
    var changed = new TreeMap<>(options);
    changed.putAll(further);
    return AwsProvider.open(account(changed), SECRETS, controller, time);
  }

  static ProviderAccount account(Map<String, String> options) {
    return new ProviderAccount(
        new OrgId("acme"),
        new ProviderName("aws"),
        ProviderKind.AWS,
        ProviderAccount.options(options),
        new Sealed("key", ""),
        Instant.EPOCH,
        1);
  }

  static Cell cell(Market market) {
    return new Cell(new ProviderName("aws"), ZONE, "c7i.large", IMAGE, market);
  }

  /** The only machine there is, as moto tells the test. */
  Instance only() {
    var found =
        client.describeInstances().reservations().stream()
            .flatMap(reservation -> reservation.instances().stream())
            .toList();
    if (found.size() != 1) {
      throw new AssertionError("There is not one machine, but " + found);
    }
    return found.getFirst();
  }

  @Override
  public void close() {
    client.close();
    front.close();
  }

  private String subnet() {
    return client.describeSubnets().subnets().stream()
        .filter(one -> one.availabilityZone().equals(ZONE))
        .findFirst()
        .orElseThrow()
        .subnetId();
  }

  private String securityGroup() {
    return client.describeSecurityGroups().securityGroups().getFirst().groupId();
  }
}
