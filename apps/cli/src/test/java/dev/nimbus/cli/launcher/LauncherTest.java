package dev.nimbus.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class LauncherTest {
  private final Path folder;
  private final Checkout checkout;

  LauncherTest(@TempDir Path folder) {
    this.folder = folder;
    this.checkout = new Checkout(folder);
  }

  @Test
  void theNamedJdkIsUsedBeforeAnyOther() {
    checkout.built().jdk("jvm/temurin-26", "26");
    checkout.jdk("java-home", "25.0.1");
    checkout.with("JAVA_HOME", checkout.at("java-home").toString());
    assertThat(checkout.run("status").jdk()).isEqualTo("java-home");

    checkout.jdk("named", "25");
    checkout.with("NIMBUS_JAVA_HOME", checkout.at("named").toString());
    assertThat(checkout.run("status").jdk()).isEqualTo("named");
  }

  @Test
  void ofTheUsualFoldersTheNewestIsUsed() {
    checkout.built().jdk("jvm/a-17", "17.0.15");
    checkout.jdk("jvm/b-26", "26.0.1");
    checkout.jdk("jvm/c-25", "25.0.3");
    checkout.with("JAVA_HOME", checkout.at("jvm/a-17").toString());

    assertThat(checkout.run("status").jdk()).isEqualTo("jvm/b-26");
  }

  @Test
  void theJavaOfThePathIsTheLastResort() throws IOException {
    checkout.built().jdk("elsewhere", "25");
    Files.createSymbolicLink(checkout.at("path/java"), checkout.at("elsewhere/bin/java"));

    assertThat(checkout.run("status").jdk()).isEqualTo("elsewhere");
  }

  @Test
  void withoutAJdkEverythingThatWasLookedAtIsNamed() {
    checkout.built().jdk("jvm/old", "17.0.15");
    checkout.jdk("ancient", "1.8.0_402");
    checkout.with("JAVA_HOME", checkout.at("ancient").toString());
    checkout.with("NIMBUS_JAVA_HOME", "/no/such/jdk").with("PATH", "/usr/bin-not:/bin-not");

    var ran = checkout.run("status");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .contains("NIMBUS_JAVA_HOME=/no/such/jdk: no JDK there")
        .contains("JAVA_HOME=" + checkout.at("ancient") + ": version 1")
        .contains(checkout.at("jvm/old") + ": version 17")
        .contains("java on PATH: none");
  }

  @Test
  void wordsReachTheProgramAsTheyWereTyped() {
    checkout.built().jdk("jvm/jdk", "25");

    var ran = checkout.run("run", "--", "a b", "", "*", "@file", "$HOME", "it's", "\"x\"", "é");

    assertThat(ran.out())
        .endsWith(
            """
            <dev.nimbus.cli.Main>
            <run>
            <-->
            <a b>
            <>
            <*>
            <@file>
            <$HOME>
            <it's>
            <"x">
            <é>
            """);
  }

  @Test
  void theProgramIsFoundThroughALinkAndAPathWithBlanks(@TempDir Path other) throws IOException {
    var blank = new Checkout(Files.createDirectory(folder.resolve("a b"))).built();
    blank.jdk("jvm/jdk", "25");
    blank.write("dist/builds/1/nimbus-cli.aot", "");
    var link = Files.createSymbolicLink(other.resolve("nimbus"), blank.at("nimbus"));

    var ran = Checkout.await(blank.start(link, "status"));

    assertThat(ran.out())
        .contains("<-XX:AOTCache=" + blank.at("dist/builds/1/nimbus-cli.aot") + ">")
        .endsWith("<status>\n");
  }

  @Test
  void servicesAndCommandsHaveFlagsOfTheirOwn() {
    checkout.built().jdk("jvm/jdk", "25");
    checkout.with("NIMBUS_JAVA_OPTIONS", "-Da=b -Dc=d");

    assertThat(checkout.run("up").out()).contains("<-Xmx512m>").contains("<-Da=b>\n<-Dc=d>");
    assertThat(checkout.run("jobs").out()).contains("<-XX:TieredStopAtLevel=1>");
  }

  @Test
  void withoutSourcesAndBuildThereIsNothingToRun() {
    checkout.jdk("jvm/jdk", "25");

    var ran = checkout.run("status");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("nothing to run");
  }

  @Test
  void theFirstUseBuildsAndTheNextOnesDoNot() {
    checkout.sources(Checkout.success()).jdk("jvm/jdk", "25");

    var first = checkout.run("status");
    var second = checkout.run("status");

    assertThat(first.code()).isZero();
    assertThat(first.out()).startsWith("jvm/jdk\n").endsWith("<status>\n");
    assertThat(first.err()).contains("building");
    assertThat(second.err()).isEmpty();
    assertThat(checkout.builds()).isEqualTo(1);
  }

  @Test
  void aNewerSourceIsBuiltAndTheBuildInUseIsKept() throws IOException {
    checkout.sources(Checkout.success()).jdk("jvm/jdk", "25");
    checkout.run("status");
    var before = Files.readString(checkout.at("dist/build")).strip();
    var source = checkout.at("apps/cli/src/main/java/Main.java");
    var later = Files.getLastModifiedTime(source).toInstant().plus(Duration.ofSeconds(3));
    Files.setLastModifiedTime(source, FileTime.from(later));

    checkout.run("status");

    assertThat(checkout.builds()).isEqualTo(2);
    assertThat(checkout.at("dist/" + before + "/lib")).isDirectory();
    assertThat(Files.readString(checkout.at("dist/build")).strip()).isNotEqualTo(before);
  }

  @Test
  void commandsAtTheSameTimeBuildOnce() {
    checkout.sources("sleep 1; " + Checkout.success()).jdk("jvm/jdk", "25");
    var started =
        List.of(checkout.start("status"), checkout.start("status"), checkout.start("status"));

    var ran = started.stream().map(Checkout::await).toList();

    assertThat(ran).allMatch(one -> one.code() == 0 && one.out().endsWith("<status>\n"));
    assertThat(checkout.builds()).isEqualTo(1);
  }

  @Test
  void theLockOfABuildThatWasKilledIsBroken() {
    checkout.sources(Checkout.success()).jdk("jvm/jdk", "25");
    checkout.write("dist/lock/owner", "999999999\n");

    assertThat(checkout.run("status").code()).isZero();
    assertThat(checkout.at("dist/lock")).doesNotExist();
  }

  @Test
  void aBuildThatFailsSaysWhyAndWhereAndLeavesTheLockFree() {
    checkout.sources("echo '[ERROR] it is broken'; exit 1").jdk("jvm/jdk", "25");

    var ran = checkout.run("status");

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("dist/build.log").contains("it is broken");
    assertThat(checkout.at("dist/lock")).doesNotExist();
  }

  @Test
  void theSuiteEndsWithItsCountsAndFailsWithItsTests() {
    var report = "apps/cli/target/surefire-reports/TEST-a.xml";
    checkout
        .sources(
            """
            mkdir -p apps/cli/target/surefire-reports
            echo '<?xml version="1.0"?>
            <testsuite name="a" time="1" tests="10" errors="1" skipped="2" failures="3">' >%s"""
                .formatted(report))
        .jdk("jvm/jdk", "25");

    var ran = checkout.run("test", "--fast");

    assertThat(ran.out()).endsWith("4 passed, 4 failed, 2 skipped\n");
    assertThat(ran.code()).isEqualTo(1);
  }

  @Test
  void aSuiteThatPassesExitsWithZero() throws IOException {
    checkout.sources("exit 0").jdk("jvm/jdk", "25");

    var ran = checkout.run("test", "--fast");

    assertThat(ran).isEqualTo(new Checkout.Ran(0, "0 passed, 0 failed, 0 skipped\n", ""));
    assertThat(Files.readString(checkout.at("mvn.log"))).contains("-DexcludedGroups=slow");
    assertThat(checkout.run("test", "--quick").code()).isEqualTo(2);
  }

  @Test
  void theWholeSuiteLeavesOutNothing() throws IOException {
    checkout.sources("exit 0").jdk("jvm/jdk", "25");

    checkout.run("test");

    assertThat(Files.readString(checkout.at("mvn.log"))).doesNotContain("excludedGroups");
  }
}
