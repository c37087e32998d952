package dev.nimbus.bench;

import dev.nimbus.api.lease.Grant;
import dev.nimbus.controlplane.ControlPlane;
import dev.nimbus.controlplane.ControlPlaneConfig;
import dev.nimbus.controlplane.identity.Issuing;
import dev.nimbus.core.id.OrgId;
import dev.nimbus.core.org.JobRate;
import dev.nimbus.service.config.Secret;
import dev.nimbus.service.log.Logging;
import dev.nimbus.service.metrics.Metrics;
import dev.nimbus.service.time.Ids;
import dev.nimbus.service.time.SystemTime;
import dev.nimbus.service.token.Audience;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A control plane in a process of its own, as a deployment has it: says its port and two tokens on
 * its first line, and ends with its standard input.
 */
final class ServedControlPlane {
  private ServedControlPlane() {}

  /** Arguments: the home, the database's address, and a policy file or nothing. */
  public static void main(String[] args) throws IOException {
    Logging.start("WARN", Logging.Format.TEXT);
    var home = Path.of(args[0]);
    var nowhere = URI.create("http://127.0.0.1:1");
    var config =
        new ControlPlaneConfig(
            "127.0.0.1",
            0,
            home,
            args[1],
            nowhere,
            nowhere,
            Duration.ofSeconds(60),
            3,
            Duration.ofSeconds(90),
            Duration.ofHours(24),
            Duration.ofDays(90),
            Path.of(args.length > 2 ? args[2] : ""),
            Duration.ofSeconds(1),
            Secret.NONE,
            List.of(),
            JobRate.NONE,
            Duration.ofHours(24),
            URI.create(""));
    var ground = ControlPlane.Ground.open(config, new Metrics(), Ids.random(), SystemTime.clock());
    try (var plane = ControlPlane.start(ground, new Grant.Services(nowhere.toString(), ""))) {
      var admin = token(ground, Audience.ADMIN, "bench");
      var agent = token(ground, Audience.AGENT, ChildControlPlane.HOST);
      System.out.println(plane.port() + " " + admin + " " + agent);
      System.out.flush();
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  private static String token(ControlPlane.Ground ground, Audience audience, String subject) {
    var wanted =
        new Issuing.Wanted(audience, subject, OrgId.DEFAULT, true, Set.of(), Duration.ofHours(2));
    return ground.issuing().issue(wanted, "bench").token();
  }
}
