package dev.nimbus.controlplane.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nimbus.controlplane.forge.ForgePlane;
import dev.nimbus.controlplane.intake.ForgeIntake.Taken;
import dev.nimbus.core.forge.ForgeJob;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.policy.Admission;
import dev.nimbus.core.policy.AdmissionPolicy;
import dev.nimbus.testkit.forge.Wanted;
import dev.nimbus.testkit.forge.github.FakeGitHub;
import dev.nimbus.testkit.log.SteppedTime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Something of ours breaks in a way nobody expects, while a forge is asked. */
final class FaultTest {
  private static final Duration PAUSE = Duration.ofSeconds(30);
  private static final Duration USUAL = Duration.ofMinutes(1);

  private final SteppedTime time = new SteppedTime(Instant.parse("2026-01-01T12:00:00Z"));
  private final FakeGitHub github = FakeGitHub.start(time);
  private final ForgePlane plane;

  FaultTest(@TempDir Path folder) {
    var ttl = Duration.ofHours(1);
    plane = new ForgePlane(folder, time, github.connection(), github.secrets(), ttl);
  }

  @AfterEach
  void close() {
    plane.close();
    github.close();
  }

  @Test
  void roundsGoOnAfterAPause() {
    github.queue(Wanted.job(github.repository("acme/shop"), "nimbus"));
    plane.policy(new Broken());
    plane.rounds.step();
    plane.policy(AdmissionPolicy.OPEN);

    plane.rounds.step();
    assertThat(plane.waiting()).isZero();
    time.step(PAUSE);
    plane.rounds.step();

    assertThat(plane.waiting()).isEqualTo(1);
  }

  @Test
  void aJobThatCannotBeTakenIsFoundByTheNextRound() {
    plane.rounds.step();
    github.queue(Wanted.job(github.repository("acme/shop"), "nimbus"));
    plane.policy(new Broken());
    assertThat(plane.receive(github.sent().getLast())).isInstanceOf(Taken.Unsure.class);
    plane.policy(AdmissionPolicy.OPEN);

    time.step(USUAL);
    plane.rounds.step();

    assertThat(plane.waiting()).isEqualTo(1);
  }

  /** Wants to hear more of every job, and breaks when it does. */
  private record Broken() implements AdmissionPolicy {
    @Override
    public Admission decide(OrgId org, ForgeJob job) {
      throw new IllegalStateException("A fault of ours");
    }

    @Override
    public boolean unsure(OrgId org, ForgeJob job) {
      return true;
    }
  }
}
