package dev.nimbus.adapters.aws;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** EC2 in one region, by one account's credentials. Opening makes no call. Thread-safe. */
final class Ec2 implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration SILENCE = Duration.ofSeconds(30);
  private static final Duration ONE_TRY = Duration.ofSeconds(40);
  private static final Duration ALL_TRIES = Duration.ofSeconds(90);
  private static final int TRIES = 3;
  private static final String SESSION = "nimbus";

  private final Deque<SdkAutoCloseable> open = new ArrayDeque<>();
  private final SdkHttpClient http;
  private final Settings settings;
  private final Ec2Client patient;
  private final Ec2Client once;

  Ec2(Settings settings) {
    this.settings = settings;
    this.http =
        opened(
            UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT)
                .socketTimeout(SILENCE)
                .build());
    var credentials = credentials(settings.access());
    this.patient = client(credentials, TRIES);
    this.once = client(credentials, 1);
  }

  /** Asks, and again where that may help; for what may be asked twice. */
  <T> T ask(Action action, Function<Ec2Client, T> call) {
    return ask(patient, action, call);
  }

  /**
   * Asks once. Whoever wants a machine knows other places that may have one, and repeats the same
   * request by itself.
   */
  <T> T askOnce(Action action, Function<Ec2Client, T> call) {
    return ask(once, action, call);
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().close();
    }
  }

  private static <T> T ask(Ec2Client client, Action action, Function<Ec2Client, T> call) {
    try {
      return call.apply(client);
    } catch (SdkException e) {
      throw Refusal.of(action, e);
    }
  }

  private Ec2Client client(AwsCredentialsProvider credentials, int tries) {
    var builder =
        Ec2Client.builder()
            .httpClient(http)
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials)
            .overrideConfiguration(limits(tries));
    if (!settings.endpoint().isEmpty()) {
      builder.endpointOverride(URI.create(settings.endpoint()));
    }
    return opened(builder.build());
  }

  private AwsCredentialsProvider credentials(Access access) {
    return switch (access) {
      case Access.Keys keys -> StaticCredentialsProvider.create(identity(keys));
      case Access.OfThisMachine _ -> opened(DefaultCredentialsProvider.builder().build());
      case Access.Role role -> opened(assumed(role, opened(sts(credentials(role.by())))));
    };
  }

  private static AwsCredentials identity(Access.Keys keys) {
    return keys.sessionToken().isEmpty()
        ? AwsBasicCredentials.create(keys.id(), keys.secret())
        : AwsSessionCredentials.create(keys.id(), keys.secret(), keys.sessionToken());
  }

  private StsClient sts(AwsCredentialsProvider credentials) {
    var builder =
        StsClient.builder()
            .httpClient(http)
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials)
            .overrideConfiguration(limits(TRIES));
    if (!settings.stsEndpoint().isEmpty()) {
      builder.endpointOverride(URI.create(settings.stsEndpoint()));
    }
    return builder.build();
  }

  private static StsAssumeRoleCredentialsProvider assumed(Access.Role role, StsClient sts) {
    return StsAssumeRoleCredentialsProvider.builder()
        .stsClient(sts)
        .refreshRequest(
            request -> {
              request.roleArn(role.arn()).roleSessionName(SESSION);
              if (!role.externalId().isEmpty()) {
                request.externalId(role.externalId());
              }
            })
        .build();
  }

  /** Files of this machine's user say nothing about somebody's account. */
  private static ClientOverrideConfiguration limits(int tries) {
    return ClientOverrideConfiguration.builder()
        .apiCallAttemptTimeout(ONE_TRY)
        .apiCallTimeout(ALL_TRIES)
        .retryStrategy(
            AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(tries).build())
        .defaultProfileFile(ProfileFile.aggregator().build())
        .build();
  }

  private <T extends SdkAutoCloseable> T opened(T one) {
    open.push(one);
    return one;
  }
}
