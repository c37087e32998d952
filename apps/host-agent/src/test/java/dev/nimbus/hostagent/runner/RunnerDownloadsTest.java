package dev.nimbus.hostagent.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.hostagent.runner.RunnerTools.Tool;
import dev.nimbus.service.command.CommandRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunnerDownloadsTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final byte[] PROGRAM = "#!/bin/sh\necho one\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] NEWER = "#!/bin/sh\necho two\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path home;

  private final Map<String, byte[]> published = new ConcurrentHashMap<>();
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;
  private Path folder;

  @BeforeEach
  void publish() throws IOException {
    folder = home.toRealPath().resolve("runners");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.incrementAndGet();
          var body = published.get(exchange.getRequestURI().getPath());
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          try (var out = exchange.getResponseBody()) {
            out.write(body == null ? new byte[0] : body);
          }
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void aProgramIsBroughtOnce() throws Exception {
    var download = download("forgejo-runner", "/forgejo-runner-linux", PROGRAM);

    downloads().bring(download);
    downloads().bring(download);

    assertThat(says(ForgeKind.FORGEJO)).isEqualTo("one\n");
    assertThat(asked).hasValue(1);
    assertThat(folder.resolve("forgejo-runner")).isSymbolicLink();
    assertThat(names()).containsExactlyInAnyOrder("forgejo-runner", download.folder(), ".lock");
  }

  @Test
  void anArchiveIsUnpacked() throws Exception {
    FakeTools.add(home, "all/bin/Runner.Listener", "#!/bin/sh\necho listening\n");
    FakeTools.add(home, "all/externals/node", "#!/bin/sh\n");
    var archive = home.resolve("all.tar.gz");
    var packed =
        CommandRunner.system()
            .run(List.of("tar", "-czf", "" + archive, "-C", home + "/all", "."), LONG);
    assertThat(packed.succeeded()).isTrue();

    downloads()
        .bring(download("actions-runner", "/actions-runner.tar.gz", Files.readAllBytes(archive)));

    assertThat(says(ForgeKind.GITHUB)).isEqualTo("listening\n");
  }

  @Test
  void aNewerOneTakesItsPlaceAndTheOldOneStaysForWhoRunsIt() throws Exception {
    var old = download("forgejo-runner", "/old", PROGRAM);
    downloads().bring(old);
    downloads().bring(download("forgejo-runner", "/new", NEWER));

    assertThat(says(ForgeKind.FORGEJO)).isEqualTo("two\n");
    assertThat(folder.resolve(old.folder())).isDirectory();
  }

  @Test
  void whatHasAnotherSumIsRefusedAndLeavesWhatIsThere() throws Exception {
    downloads().bring(download("forgejo-runner", "/old", PROGRAM));
    var wrong = download("forgejo-runner", "/new", NEWER);
    published.put("/new", "#!/bin/sh\necho evil\n".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> downloads().bring(wrong))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.INVALID))
        .hasMessageContaining("its sha256 is ")
        .hasMessageContaining(wrong.sha256());
    assertThat(says(ForgeKind.FORGEJO)).isEqualTo("one\n");
    assertThat(folder.resolve(wrong.folder())).doesNotExist();
  }

  @Test
  void whatHoldsNoProgramIsRefused() throws Exception {
    var download = download("actions-runner", "/actions-runner", PROGRAM);

    assertThatThrownBy(() -> downloads().bring(download))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("is not there");
    assertThat(new RunnerTools(folder).look(ForgeKind.GITHUB)).isEqualTo(new Tool.Absent());
  }

  @Test
  void whatIsTooLongIsNotFetchedToItsEnd() throws Exception {
    var small = new RunnerDownloads(folder, new Fetching(10, LONG), CommandRunner.system());
    var download = download("forgejo-runner", "/old", PROGRAM);

    assertThatThrownBy(() -> small.bring(download))
        .isInstanceOf(NimbusException.class)
        .hasMessageContaining("Cannot fetch");
  }

  @Test
  void whatSomebodyPutThereIsNotReplaced() throws Exception {
    FakeTools.add(folder, "forgejo-runner/forgejo-runner", "#!/bin/sh\necho mine\n");
    var download = download("forgejo-runner", "/old", PROGRAM);

    assertThatThrownBy(() -> downloads().bring(download))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFLICT));
    assertThat(says(ForgeKind.FORGEJO)).isEqualTo("mine\n");
    assertThat(asked).hasValue(0);
  }

  @Test
  void oneThatCannotBeBroughtKeepsNoOtherAway() throws Exception {
    var missing = download("gitea-runner", "/gitea", NEWER);
    published.remove("/gitea");

    var brought = new AtomicInteger();
    downloads()
        .bring(
            List.of(missing, download("forgejo-runner", "/old", PROGRAM)),
            brought::incrementAndGet);

    assertThat(brought).hasValue(1);
    assertThat(new RunnerTools(folder).labels()).containsExactly("runner:forgejo-runner");
  }

  @Test
  void whatIsNotADownloadIsRefused() {
    for (var text :
        List.of(
            "forgejo-runner=https://example.org/x",
            "forgejo-runner=file:///x#sha256=" + "0".repeat(64),
            "forgejo-runner=https://example.org/x#sha256=" + "0".repeat(63),
            "sh=https://example.org/x#sha256=" + "0".repeat(64),
            "")) {
      assertThatThrownBy(() -> RunnerDownload.parse(text))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private RunnerDownloads downloads() {
    return new RunnerDownloads(folder, Fetching.USUAL, CommandRunner.system());
  }

  private RunnerDownload download(String tool, String path, byte[] body) throws Exception {
    published.put(path, body);
    var sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    var url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
    return RunnerDownload.parse(tool + "=" + url + "#sha256=" + sum);
  }

  private String says(ForgeKind forge) throws InterruptedException {
    var tool = (Tool.Usable) new RunnerTools(folder).look(forge);
    return CommandRunner.system().run(List.of(tool.executable().toString()), LONG).output();
  }

  private List<String> names() {
    return List.of(folder.toFile().list());
  }
}
