package dev.nimbus.hostagent.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nimbus.core.error.Kind;
import dev.nimbus.core.error.NimbusException;
import dev.nimbus.core.executor.Equipment.Program;
import dev.nimbus.core.forge.ForgeKind;
import dev.nimbus.hostagent.runner.RunnerTools.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunnerToolsTest {
  @TempDir Path folder;

  private RunnerTools tools;

  @BeforeEach
  void open() throws IOException {
    tools = new RunnerTools(folder.toRealPath());
  }

  @Test
  void aHostOffersTheRunnersItHas() throws Exception {
    assertThat(tools.labels()).isEmpty();
    assertThat(new RunnerTools(folder.resolve("nowhere")).labels()).isEmpty();

    forgejo();
    github();

    assertThat(tools.labels()).containsExactly("runner:actions-runner", "runner:forgejo-runner");
  }

  @Test
  void aProgramThatKeepsToItselfIsShared() throws Exception {
    forgejo();

    assertThat(tools.program(ForgeKind.FORGEJO))
        .isEqualTo(new Program.Shared(tools.folder().resolve("forgejo-runner")));
  }

  @Test
  void gitHubsProgramIsGivenAFolderOfItsOwn() throws Exception {
    github();

    var own = (Program.Own) tools.program(ForgeKind.GITHUB);
    assertThat(own.shown())
        .containsOnlyKeys("bin", "externals")
        .containsEntry("bin", tools.folder().resolve("actions-runner/bin"));
    assertThat(own.roomy()).isEqualTo(Set.of("_work", "_diag"));
  }

  @Test
  void aVersionCanBeSwitchedToByALink() throws Exception {
    FakeTools.add(folder, "gitea-runner-1.0.8/gitea-runner", "#!/bin/sh\n");
    Files.createSymbolicLink(folder.resolve("gitea-runner"), Path.of("gitea-runner-1.0.8"));

    assertThat(tools.program(ForgeKind.GITEA))
        .isEqualTo(new Program.Shared(tools.folder().resolve("gitea-runner-1.0.8")));
  }

  @Test
  void whatIsNotThereCannotBeRun() {
    assertThat(tools.look(ForgeKind.GITLAB)).isEqualTo(new Tool.Absent());
    assertThatThrownBy(() -> tools.program(ForgeKind.GITLAB))
        .isInstanceOfSatisfying(
            NimbusException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessage(
            "Cannot run 'gitlab-runner' on this host: there is none in '%s'", tools.folder());
  }

  @Test
  void whatIsHalfThereIsNotOffered() throws Exception {
    FakeTools.add(folder, "actions-runner/bin/Runner.Listener", "#!/bin/sh\n");
    Files.createDirectory(folder.resolve("gitlab-runner"));

    assertThat(tools.labels()).isEmpty();
    assertThat(unusable(ForgeKind.GITHUB)).endsWith("externals' is not there");
    assertThat(unusable(ForgeKind.GITLAB)).endsWith("gitlab-runner' is not there");
  }

  @Test
  void whatAnybodyMayChangeIsNotRun() throws Exception {
    var program = forgejo();
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xrwx"));

    assertThat(unusable(ForgeKind.FORGEJO)).startsWith("anybody may change");
  }

  @Test
  void whatJobsMayNotRunIsNotOffered() throws Exception {
    var program = forgejo();
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-x---"));

    assertThat(unusable(ForgeKind.FORGEJO)).startsWith("jobs may not run");
    assertThat(tools.labels()).isEmpty();
  }

  private String unusable(ForgeKind forge) {
    return ((Tool.Unusable) tools.look(forge)).why();
  }

  private Path forgejo() throws IOException {
    return FakeTools.add(folder, "forgejo-runner/forgejo-runner", "#!/bin/sh\n");
  }

  private void github() throws IOException {
    FakeTools.add(folder, "actions-runner/bin/Runner.Listener", "#!/bin/sh\n");
    FakeTools.add(folder, "actions-runner/externals/node20/bin/node", "#!/bin/sh\n");
  }
}
