package dev.nimbus.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Key<Integer> PORT = Key.number("listen-port", "Port.", "8000", 0, 65535);
  private static final Key<Duration> TTL = Key.duration("job-lease-ttl", "Lease.", "5m");
  private static final Key<Long> SIZE = Key.bytes("cache-max-bytes", "Size.", "1G");
  private static final Key<Secret> SECRET = Key.secret("jwt-secret", "Secret.");
  private static final Key<List<String>> LABELS = Key.list("labels", "Labels.", "");
  private static final Key<URI> URL = Key.uri("control-plane-url", "Where.", "");
  private static final Key<Boolean> FLAG = Key.flag("require-https", "Only HTTPS.", "false");
  private static final List<Key<?>> KNOWN = List.of(PORT, TTL, SIZE, SECRET, LABELS, URL, FLAG);

  @TempDir private Path folder;

  @Test
  void theEnvironmentBeatsTheFileAndTheFileTheDefault() throws Exception {
    var file = file("listen-port: 9000\njob-lease-ttl: 30s\n");

    var settings = Settings.load(file, Map.of("NIMBUS_LISTEN_PORT", "7000"), KNOWN);

    assertThat(settings.read(PORT)).isEqualTo(7000);
    assertThat(settings.read(TTL)).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.read(SIZE)).isEqualTo(1L << 30);
    settings.done();
  }

  @Test
  void mappingsMayBeNestedAndListsWrittenEitherWay() throws Exception {
    var file = file("cache:\n  max-bytes: 2MiB\nlabels: [docker, 'gpu, large']\n");
    var settings = Settings.load(file, Map.of(), KNOWN);
    assertThat(settings.read(SIZE)).isEqualTo(2L << 20);
    assertThat(settings.read(LABELS)).containsExactly("docker", "gpu, large");

    var other = Settings.load(Optional.empty(), Map.of("NIMBUS_LABELS", "a, b,,c"), KNOWN);
    assertThat(other.read(LABELS)).containsExactly("a", "b", "c");
  }

  @Test
  void everyProblemIsReportedAtOnce() throws Exception {
    var file = file("listen-prot: 1\njob-lease-ttl: soon\n");
    var environment =
        Map.of("NIMBUS_LISTEN_PORT", "70000", "NIMBUS_JWT_SECRTE", "x", "HOME", "/root");
    var settings = Settings.load(file, environment, KNOWN);

    assertThat(settings.read(PORT)).isZero();
    settings.read(TTL);
    settings.read(URL);
    settings.read(SECRET);
    settings.problem("Two of them contradict each other.");
    var failure = catchThrowableOfType(ConfigException.class, settings::done);

    assertThat(failure.problems())
        .hasSize(7)
        .anySatisfy(
            p -> assertThat(p).contains("listen-prot").contains("did you mean 'listen-port'"))
        .anySatisfy(p -> assertThat(p).contains("NIMBUS_JWT_SECRTE").contains("NIMBUS_JWT_SECRET"))
        .anySatisfy(p -> assertThat(p).contains("'70000'").contains("not between 0 and 65535"))
        .anySatisfy(p -> assertThat(p).contains("'soon'").contains("not a duration"))
        .anySatisfy(p -> assertThat(p).contains("control-plane-url").contains("required"))
        .anySatisfy(p -> assertThat(p).contains("NIMBUS_JWT_SECRET_FILE"))
        .anySatisfy(p -> assertThat(p).contains("contradict"));
  }

  @Test
  void aKeyTwiceInTheFileIsAProblem() throws Exception {
    assertProblem("listen-port: 1\nlisten-port: 2\n", "duplicate key");
    assertProblem("cache-max-bytes: 1\ncache: {max-bytes: 2}\n", "set twice");
    assertProblem("- a\n- b\n", "not a mapping");
    assertProblem("labels: [a: b]\n", "not a list of plain values");
    assertProblem("a: [\n", "Cannot read configuration file");
  }

  @Test
  void aMissingFileIsAProblem() {
    var settings = Settings.load(Optional.of(folder.resolve("none.yaml")), Map.of(), KNOWN);

    assertThatThrownBy(settings::done).hasMessageContaining("there is no such file");
  }

  @Test
  void appsMayShareAKey() {
    var shared = List.<Key<?>>of(PORT, SECRET, PORT, SECRET);
    var settings =
        Settings.load(
            Optional.empty(), Map.of("NIMBUS_LISTEN_PORT", "1", "NIMBUS_JWT_SECRET", "x"), shared);

    assertThat(settings.read(PORT)).isEqualTo(1);
    assertThat(settings.explain()).hasSize(2);
    settings.done();
  }

  @Test
  void aSecretMayComeFromAFileAndIsNeverShown() throws Exception {
    var secret = folder.resolve("secret");
    Files.writeString(secret, "hunter2hunter2\n");
    var settings =
        Settings.load(Optional.empty(), Map.of("NIMBUS_JWT_SECRET_FILE", secret.toString()), KNOWN);

    assertThat(settings.read(SECRET).value()).isEqualTo("hunter2hunter2");
    assertThat(settings.read(SECRET).toString()).doesNotContain("hunter2");
    assertThat(settings.explain().toString())
        .contains("NIMBUS_JWT_SECRET_FILE")
        .doesNotContain("hunter2");
    settings.done();
  }

  @Test
  void aSecretGivenTwiceOrInAMissingFileIsAProblem() {
    var twice =
        Settings.load(
            Optional.empty(),
            Map.of("NIMBUS_JWT_SECRET", "x", "NIMBUS_JWT_SECRET_FILE", "/y"),
            KNOWN);
    assertThatThrownBy(twice::done).hasMessageContaining("both set");

    var missing =
        Settings.load(Optional.empty(), Map.of("NIMBUS_JWT_SECRET_FILE", "/none/such"), KNOWN);
    assertThatThrownBy(missing::done).hasMessageContaining("/none/such");
  }

  @Test
  void anExplanationNamesValueSourceAndDefault() {
    var settings = Settings.load(Optional.empty(), Map.of("NIMBUS_LISTEN_PORT", "7000"), KNOWN);

    assertThat(settings.explain())
        .contains(
            new Explanation("listen-port", "Port.", "7000", "NIMBUS_LISTEN_PORT", "8000"),
            new Explanation("job-lease-ttl", "Lease.", "5m", "default", "5m"));
  }

  @ParameterizedTest
  @CsvSource({"300,300000", "250ms,250", "30s,30000", "5m,300000", "2h,7200000", "1d,86400000"})
  void durationsAreReadAsPeopleWriteThem(String text, long millis) {
    assertThat(TTL.parser().apply(text)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "1024,1024",
    "1k,1024",
    "100kB,100000",
    "512MiB,536870912",
    "2G,2147483648",
    "1GB,1000000000",
    "1TiB,1099511627776",
    "10b,10"
  })
  void sizesAreReadAsPeopleWriteThem(String text, long bytes) {
    assertThat(SIZE.parser().apply(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1x", "G", "1.5G", "99999999999999999999", "9999999999G", "1 2"})
  void otherSizesAreRefused(String text) {
    assertThatThrownBy(() -> SIZE.parser().apply(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void addressesLoseTheirLastSlashAndMustBeWeb() {
    assertThat(URL.parser().apply("https://ci.example.org/"))
        .isEqualTo(URI.create("https://ci.example.org"));
    assertThatThrownBy(() -> URL.parser().apply("ci.example.org"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Optional<Path> file(String text) throws IOException {
    return Optional.of(Files.writeString(folder.resolve("nimbus.yaml"), text));
  }

  private void assertProblem(String text, String message) throws IOException {
    var settings = Settings.load(file(text), Map.of(), KNOWN);
    assertThatThrownBy(settings::done)
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }
}
