package dev.nimbus.e2e.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nimbus.e2e.system.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What is said about a provider, a pool and a machine of theirs, which really is made. */
final class MachineTraffic {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Site site;
  private final String operator;
  private final String people;
  private final Path folder;

  MachineTraffic(Site site, String operator, String people, Path folder) {
    this.site = site;
    this.operator = operator;
    this.people = people;
    this.folder = folder;
  }

  void send() throws Exception {
    var archive = program();
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/nimbus.tgz",
        exchange -> {
          exchange.sendResponseHeaders(200, archive.length);
          exchange.getResponseBody().write(archive);
          exchange.close();
        });
    server.start();
    try {
      declared(server.getAddress().getPort(), archive);
      lived();
    } finally {
      server.stop(0);
    }
  }

  private void declared(int port, byte[] archive) throws Exception {
    var sha = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(archive));
    var provider =
        "{'kind':'local','options':{'state_dir':'%s','program_url':'http://127.0.0.1:%d/nimbus.tgz','program_sha256':'%s'}}"
            .formatted(folder.resolve("state"), port, sha);
    var pool =
        "{'offerings':[{'provider':'here','place':'local','type':'slot','cpus':1.0,'memory_bytes':1073741824}],'max':2,'min_idle':1}";
    for (var status : List.of(201, 200)) {
      var call =
          site.plane.call("applyProvider").as(operator).at("name", "here").query("org", "acme");
      assertThat(call.json(provider).send().status()).isEqualTo(status);
    }
    call("getProvider").send();
    call("checkProvider").send();
    Site.assertLast(site.plane.call("listProviders").as(people).send());
    for (var status : List.of(201, 200)) {
      assertThat(call("applyPool").json(pool).send().status()).isEqualTo(status);
    }
    call("getPool").send();
    Site.assertLast(site.plane.call("listPools").as(people).send());
    site.plane.call("matchPools").as(people).query("labels", "here").send();
  }

  private void lived() throws Exception {
    var ticket = Await.value(PATIENCE, () -> "a machine that has its ticket", this::ticket);
    var machines = site.plane.call("listMachines").as(people).send().at("items").items();
    var id = machines.getFirst().at("id").text();
    site.plane.call("getMachine").as(people).at("id", id).send();
    var proof = "{'machine':'%s','ticket':'%s'}".formatted(id, ticket);
    var begun = site.plane.call("bootMachine").json(proof).send();
    assertThat(begun.at("labels").items()).isNotEmpty();
    var report = "{'ticket':'%s','state':'installing'}".formatted(ticket);
    site.plane.call("reportMachine").at("machine", id).json(report).send();
    var other = made();
    for (var by : List.of("org", "pool", "repository", "workflow", "label")) {
      var cost = site.plane.call("reportCost").as(people).query("by", by).send();
      assertThat(cost.at("rows").items()).isNotEmpty();
    }
    site.plane.call("reportCost").as(operator).query("by", "org").send();
    site.plane.call("reportRightsize").as(people).query("from", "2026-01-01").send();
    Site.assertLast(site.plane.call("reportPrices").as(people).send());
    site.plane.call("reportRecommendations").as(people).send();
    call("removePool").send();
    for (var machine : List.of(id, other)) {
      site.plane.call("terminateMachine").as(people).at("id", machine).send();
      Await.until(PATIENCE, () -> "the end of machine " + machine, () -> gone(machine));
    }
    call("removeProvider").send();
  }

  /** The same key has the same machine. */
  private String made() throws IOException, InterruptedException {
    var ids = new ArrayList<String>();
    for (var status : List.of(201, 200)) {
      var call = site.plane.call("makeMachine").as(people).header("Idempotency-Key", "one");
      var made = call.json("{'pool':'here'}").send();
      assertThat(made.status()).isEqualTo(status);
      ids.add(made.at("id").text());
    }
    assertThat(ids.getFirst()).isEqualTo(ids.getLast());
    return ids.getFirst();
  }

  private boolean gone(String id) {
    try {
      var machine = site.plane.call("getMachine").as(people).at("id", id).send();
      return machine.at("stage").text().equals("gone");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private Optional<String> ticket() {
    try (var files = Files.walk(folder.resolve("state"))) {
      var found = files.filter(file -> file.endsWith("ticket")).findFirst();
      return found.isPresent()
          ? Optional.of(Files.readString(found.get()).strip()).filter(text -> !text.isEmpty())
          : Optional.empty();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty(); // It comes and goes while it is looked for.
    }
  }

  private Call call(String operation) {
    return site.plane.call(operation).as(people).at("name", "here");
  }

  /** A program that never ends by itself. */
  private byte[] program() throws IOException, InterruptedException {
    var bin = Files.createDirectories(folder.resolve("program"));
    var script = "#!/bin/sh\nmkfifo never && read line <never\n";
    var file = Files.writeString(bin.resolve("nimbus"), script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    var archive = folder.resolve("nimbus.tgz");
    var tar =
        new ProcessBuilder("tar", "-czf", archive.toString(), "-C", bin.toString(), "nimbus")
            .start();
    assertThat(tar.waitFor()).isZero();
    return Files.readAllBytes(archive);
  }
}
