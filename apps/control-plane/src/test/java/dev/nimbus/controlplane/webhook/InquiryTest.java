package dev.nimbus.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.forge.ForgePlane;
import dev.nimbus.controlplane.intake.ForgeIntake.Taken;
import dev.nimbus.controlplane.policy.PolicyDocument;
import dev.nimbus.core.forge.Connection;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.org.OrgLimits;
import dev.nimbus.testkit.forge.FakeForge;
import dev.nimbus.testkit.forge.Fault;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.log.SteppedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InquiryTest {
  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final FakeForge github = FakeGitHub.start(time);
  private final List<Connection> looked = new ArrayList<>();
  private final ForgePlane plane;
  private final Inquiry inquiry;

  InquiryTest(@TempDir Path folder) {
    plane =
        new ForgePlane(folder, time, github.connection(), github.secrets(), Duration.ofSeconds(30));
    inquiry = new Inquiry(plane.connections, plane.intake, looked::add, Runnable::run);
    plane.policy(PolicyDocument.DEFAULT.rules());
  }

  @AfterEach
  void close() {
    plane.close();
    github.close();
  }

  @Test
  void aForgeThatCannotBeAskedAboutAJobIsAskedForAll() {
    var job = unsure();
    github.suffer(Fault.REVOKED);

    inquiry.ask(plane.connection, job);

    assertThat(looked).containsExactly(plane.connection);
  }

  @Test
  void aQueueOfOursThatIsFullIsNoReasonToAskItsForgeForAll() {
    var job = unsure();
    plane.storage.orgs().limit(plane.connection.org(), new OrgLimits(10, 10, 0));

    inquiry.ask(plane.connection, job);

    assertThat(plane.waiting()).isZero();
    assertThat(looked).isEmpty();
    plane.storage.orgs().limit(plane.connection.org(), OrgLimits.GENEROUS);
    inquiry.ask(plane.connection, job);
    assertThat(plane.waiting()).isEqualTo(1);
  }

  /** A job of which its webhook said too little, and that nobody asked about yet. */
  private ForgeJob unsure() {
    github.queue(Wanted.job(github.repository("acme/shop"), "nimbus", "linux"));
    var delivery = github.sent().getLast();
    var heard = plane.connections.forge(plane.connection).parse(delivery);
    return switch (plane.intake.take(plane.connection, heard.deliveryId(), heard.event())) {
      case Taken.Unsure(var job) -> job;
      case Taken other -> throw new AssertionError("Not unsure: " + other);
    };
  }
}
